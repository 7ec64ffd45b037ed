package heyi.recording.session;

import java.util.List;

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

  /**
   * What is received of each source: told when one falls silent, is received again or is given up,
   * when sources come and go, and every five seconds.
   */
  default void onReception(List<SourceReception> sources) {}

  /** It was closed, and is in no conference any more: the conference may end. */
  default void onLeft() {}

  /** Sealing got further. */
  default void onSealing(SealingProgress progress) {}
}
