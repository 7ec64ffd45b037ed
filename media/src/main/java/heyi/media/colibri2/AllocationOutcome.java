package heyi.media.colibri2;

import heyi.media.MediaSource;
import heyi.media.ice.TransportDescription;
import java.time.Duration;
import java.util.List;

/** What became of asking a bridge for an endpoint; each case says what the room does next. */
public sealed interface AllocationOutcome {
  /** The bridge that was asked. */
  BridgeId bridge();

  /**
   * The bridge made the endpoint: offer the transport to the participant.
   *
   * @param bridge the bridge that was asked
   * @param transport where and how the participant reaches the bridge
   * @param feedbackSources sources of the bridge itself, to be named in the first two sections of
   *     the offer
   */
  record Allocated(
      BridgeId bridge, TransportDescription transport, List<MediaSource> feedbackSources)
      implements AllocationOutcome {
    /** Copies the list. */
    public Allocated {
      feedbackSources = List.copyOf(feedbackSources);
    }
  }

  /**
   * The bridge answered no, or answered nonsense: try another bridge; this one stays in the pool.
   *
   * @param bridge the bridge that was asked
   * @param reason for the log, without personal data
   */
  record Declined(BridgeId bridge, String reason) implements AllocationOutcome {}

  /**
   * No answer came: take the bridge out of the pool and move its rooms.
   *
   * @param bridge the bridge that was asked
   * @param waited how long it was waited for
   */
  record Unreachable(BridgeId bridge, Duration waited) implements AllocationOutcome {}
}
