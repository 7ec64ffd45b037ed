package heyi.recording.session;

/**
 * Is told how a recording goes on. <b>Threads:</b> called on the recording's Vert.x context; must
 * not block.
 */
public interface RecordingListener {
  /**
   * The state changed.
   *
   * @param state the new one
   * @param reason for the log and the mediator, without personal data
   */
  default void onState(RecordingState state, String reason) {}

  /** It was closed, and is in no conference any more: the conference may end. */
  default void onLeft() {}

  /** Sealing got further. */
  default void onSealing(SealingProgress progress) {}
}
