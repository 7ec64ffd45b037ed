package heyi.signaling.negotiation;

/** What became of a participant's answer. */
public sealed interface AnswerOutcome {
  /** It is used. */
  record Used() implements AnswerOutcome {}

  /** It belongs to no open offer; nothing changed. */
  record Stale() implements AnswerOutcome {}

  /**
   * It cannot be used; nothing changed.
   *
   * @param reason may be shown to the sender
   */
  record Unusable(String reason) implements AnswerOutcome {}
}
