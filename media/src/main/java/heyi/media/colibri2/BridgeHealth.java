package heyi.media.colibri2;

import java.time.Duration;

/** What a bridge says about itself; each case says what the pool does next. */
public sealed interface BridgeHealth {
  /** The bridge that was asked. */
  BridgeId bridge();

  /**
   * It takes rooms.
   *
   * @param bridge the bridge that was asked
   * @param answered how long the answer took
   */
  record Healthy(BridgeId bridge, Duration answered) implements BridgeHealth {}

  /**
   * It answers but calls itself unfit: no new rooms.
   *
   * @param bridge the bridge that was asked
   * @param httpStatus the status of its answer
   */
  record Sick(BridgeId bridge, int httpStatus) implements BridgeHealth {}

  /**
   * No answer came: no new rooms, and its rooms move.
   *
   * @param bridge the bridge that was asked
   * @param waited how long it was waited for
   */
  record Unreachable(BridgeId bridge, Duration waited) implements BridgeHealth {}
}
