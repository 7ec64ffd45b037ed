package heyi.signaling.room;

/** The closed list of reasons for a pause; a pause is never silent. */
public enum PauseReason {
  /** 休息. */
  BREAK,
  /** Somebody's device or network. */
  TECH,
  /** An objection is cleared up. */
  OBJECTION,
  /** Something else, said aloud. */
  OTHER,
  /** The recorder is lost: no joint talk without a record, R26. */
  RECORDER,
  /** Somebody is seated and not recorded: he is waited for, R26. */
  SILENCE,
  /**
   * The talk goes on and is not recorded, because it must not be (不宜录制的调解活动, 法释〔2017〕5号 art. 3):
   * the mediator says why, R26.
   */
  OFF_RECORD,
  /** 背对背: the mediator talks to one party alone, in a room and on a record apart (R26). */
  CAUCUS,
  /** The mediator is away: the parties do not talk to each other without him (domain.md C2). */
  MEDIATOR_AWAY,
  /** A party is away: no substance without him, unless the mediator leads on (domain.md C2). */
  PARTY_AWAY;

  /** Those that a mediator may give. */
  public static PauseReason[] ofMediators() {
    return new PauseReason[] {BREAK, TECH, OBJECTION, OTHER};
  }
}
