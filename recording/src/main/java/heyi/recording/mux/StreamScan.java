package heyi.recording.mux;

import heyi.media.MediaKind;
import heyi.recording.PixelSize;
import heyi.recording.RecordedSource;
import org.jspecify.annotations.Nullable;

/** What a first look at one source gives: its clock, its picture size, how much there is. */
final class StreamScan {
  private static final int VIDEO_RATE = 90_000;
  private static final int AUDIO_RATE = 48_000;
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * A sender report that puts a frame so far from its arrival is wrong: no network holds packets
   * for five seconds and still delivers them.
   */
  private static final long MAX_CLOCK_ERROR_NANOS = 5_000_000_000L;

  private final RecordedSource source;
  private final SenderClock senderClock;
  private final int rate;
  private final RtpClock rtpClock;
  private final Unwrapper timestamps = new Unwrapper(32);
  private boolean any;
  private int firstTimestamp;
  private long firstUnwrapped;
  private long firstArrivalNanos;
  private long leastDelayNanos = Long.MAX_VALUE;
  private long packets;
  private long bytes;
  private @Nullable PixelSize largest;

  StreamScan(RecordedSource source, SenderClock senderClock) {
    this.source = source;
    this.senderClock = senderClock;
    this.rate = source.source().kind() == MediaKind.VIDEO ? VIDEO_RATE : AUDIO_RATE;
    this.rtpClock = new RtpClock(rate);
  }

  void rtp(RtpPacket packet, long arrivalNanos) {
    long timestamp = unwrap(packet.timestamp(), arrivalNanos);
    packets++;
    bytes += packet.payload().remaining();
    leastDelayNanos = Math.min(leastDelayNanos, arrivalNanos - nominalNanos(timestamp));
    if (source.source().kind() == MediaKind.VIDEO) {
      PixelSize size = Vp8Depacketizer.keyframeSize(packet);
      if (size != null && (largest == null || size.area() > largest.area())) {
        largest = size;
      }
    }
  }

  void senderReport(SenderReport report, long arrivalNanos) {
    rtpClock.report(unwrap(report.rtpTimestamp(), arrivalNanos), report.ntpNanos());
    senderClock.report(report.ntpNanos(), arrivalNanos);
  }

  RecordedSource source() {
    return source;
  }

  boolean hasMedia() {
    return packets > 0;
  }

  long packets() {
    return packets;
  }

  long bytes() {
    return bytes;
  }

  @Nullable PixelSize largestSize() {
    return largest;
  }

  /** Whether sender reports place this stream; else its packets' arrival does. */
  boolean clockedByReports() {
    if (!rtpClock.known() || !senderClock.known()) {
      return false;
    }
    long byReports = senderClock.sessionNanos(rtpClock.ntpNanos(firstUnwrapped));
    return Math.abs(byReports - firstArrivalNanos) < MAX_CLOCK_ERROR_NANOS;
  }

  /** A counter that unwraps timestamps exactly as this scan did. */
  Unwrapper sameTimestamps() {
    Unwrapper same = new Unwrapper(32);
    same.unwrap(firstTimestamp);
    return same;
  }

  /** Time on the session clock of an unwrapped timestamp. */
  long sessionNanos(long timestamp, boolean byReports) {
    if (byReports) {
      return senderClock.sessionNanos(rtpClock.ntpNanos(timestamp));
    }
    return nominalNanos(timestamp) + leastDelayNanos;
  }

  private long unwrap(int timestamp, long arrivalNanos) {
    long unwrapped = timestamps.unwrap(timestamp);
    if (!any) {
      any = true;
      firstTimestamp = timestamp;
      firstUnwrapped = unwrapped;
      firstArrivalNanos = arrivalNanos;
    }
    return unwrapped;
  }

  private long nominalNanos(long timestamp) {
    return Math.round((timestamp - firstUnwrapped) * (NANOS_PER_SECOND / rate));
  }
}
