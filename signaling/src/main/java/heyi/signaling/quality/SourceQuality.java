package heyi.signaling.quality;

import heyi.media.MediaKind;
import heyi.media.SourceName;
import org.jspecify.annotations.Nullable;

/**
 * What a page measured for one source since its last report (W3C webrtc-stats, {@code inbound-rtp}
 * and {@code remote-inbound-rtp}).
 *
 * @param direction away from the page or towards it
 * @param kind microphone or camera
 * @param source whose; null for the page's own
 * @param bitrateKbps kilobits a second on the wire
 * @param path of the packets
 * @param picture only for video
 */
public record SourceQuality(
    Direction direction,
    MediaKind kind,
    @Nullable SourceName source,
    int bitrateKbps,
    Path path,
    @Nullable Picture picture) {
  /** Which way. */
  public enum Direction {
    /** From the page to the bridge. */
    UP,
    /** From the bridge to the page. */
    DOWN
  }

  /**
   * How packets fare.
   *
   * @param rttMillis there and back; null when not known
   * @param jitterMillis interarrival jitter (RFC 3550 §6.4.1); null when not known
   * @param lossPermille packets of a thousand that did not arrive; null when not known
   */
  public record Path(
      @Nullable Integer rttMillis,
      @Nullable Integer jitterMillis,
      @Nullable Integer lossPermille) {}

  /**
   * How the picture looks.
   *
   * @param width in pixels
   * @param height in pixels
   * @param freezes since the last report
   */
  public record Picture(int width, int height, int freezes) {}
}
