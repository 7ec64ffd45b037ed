package heyi.media.rtcp;

import heyi.media.Ssrc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Makes the sender reports of a stream that originates here: counts what is sent and ties its RTP
 * timestamps to the wall clock.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class SenderReportClock {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Ssrc ssrc;
  private final long clockRateHertz;
  private final long firstRtpTimestamp;
  private final Instant firstInstant;
  private long packetCount;
  private long octetCount;

  /**
   * Fixes the mapping: {@code firstRtpTimestamp} is the moment {@code firstInstant}.
   *
   * @param ssrc the stream
   * @param clockRateHertz 48000 for Opus, 90000 for video
   * @param firstRtpTimestamp where the stream begins
   * @param firstInstant the same moment on the wall clock
   */
  public SenderReportClock(
      Ssrc ssrc, long clockRateHertz, long firstRtpTimestamp, Instant firstInstant) {
    this.ssrc = ssrc;
    this.clockRateHertz = clockRateHertz;
    this.firstRtpTimestamp = firstRtpTimestamp;
    this.firstInstant = firstInstant;
  }

  /**
   * Counts a sent packet.
   *
   * @param payloadBytes without header and padding
   */
  public void sent(int payloadBytes) {
    packetCount++;
    octetCount += payloadBytes;
  }

  /** The RTP timestamp of a moment, 0 to 2^32-1. */
  public long rtpTimestampAt(Instant instant) {
    final Duration since = Duration.between(firstInstant, instant);
    final long ticks =
        since.getSeconds() * clockRateHertz + since.getNano() * clockRateHertz / NANOS_PER_SECOND;
    return firstRtpTimestamp + ticks & 0xFFFF_FFFFL;
  }

  /** A report of this moment; send one a second or more often, the first at once. */
  public RtcpSenderReport report(Instant now) {
    return new RtcpSenderReport(
        ssrc,
        NtpTimestamp.of(now),
        rtpTimestampAt(now),
        packetCount & 0xFFFF_FFFFL,
        octetCount & 0xFFFF_FFFFL,
        List.of());
  }
}
