package heyi.media.colibri2;

import java.time.Duration;

/** What became of changing an endpoint on a bridge; each case says what the room does next. */
public sealed interface UpdateOutcome {
  /** The bridge that was asked. */
  BridgeId bridge();

  /**
   * The bridge took the change over.
   *
   * @param bridge the bridge that was asked
   */
  record Updated(BridgeId bridge) implements UpdateOutcome {}

  /**
   * The bridge does not know the conference (any more): allocate every endpoint again, with new
   * peer connections.
   *
   * @param bridge the bridge that was asked
   */
  record ConferenceGone(BridgeId bridge) implements UpdateOutcome {}

  /**
   * The bridge refused; nothing was changed. Bridges do not say why when an endpoint is unknown.
   *
   * @param bridge the bridge that was asked
   * @param reason for the log, without personal data
   */
  record Declined(BridgeId bridge, String reason) implements UpdateOutcome {}

  /**
   * No answer came: take the bridge out of the pool and move its rooms.
   *
   * @param bridge the bridge that was asked
   * @param waited how long it was waited for
   */
  record Unreachable(BridgeId bridge, Duration waited) implements UpdateOutcome {}
}
