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
      @Nullable Integer rttMillis, @Nullable Integer jitterMillis, @Nullable Integer lossPermille) {
    /** Above these a talk is tiring (ITU-T G.114 for delay, half of it in each direction). */
    private static final Path FAIR = new Path(250, 50, 30);

    /** Above these Opus cannot hide what is lost. */
    private static final Path POOR = new Path(500, 100, 100);

    QualityLevel level() {
      if (exceeds(POOR)) {
        return QualityLevel.POOR;
      }
      return exceeds(FAIR) ? QualityLevel.FAIR : QualityLevel.GOOD;
    }

    private boolean exceeds(Path limit) {
      return above(rttMillis, limit.rttMillis)
          || above(jitterMillis, limit.jitterMillis)
          || above(lossPermille, limit.lossPermille);
    }

    private static boolean above(@Nullable Integer value, @Nullable Integer limit) {
      return value != null && limit != null && value > limit;
    }
  }

  /**
   * How the picture looks.
   *
   * @param width in pixels
   * @param height in pixels
   * @param freezes since the last report
   */
  public record Picture(int width, int height, int freezes) {}
}
