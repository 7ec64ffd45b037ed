package heyi.media.endpoint;

import heyi.media.Ssrc;
import heyi.media.rtcp.NtpTimestamp;
import heyi.media.rtcp.RtcpReportBlock;

/**
 * Loss and jitter of one received stream for its report blocks.
 *
 * <p><b>Source:</b> RFC 3550 §6.4.1, appendix A.3 (loss) and A.8 (jitter). <b>Threads:</b> guarded
 * by its owner.
 */
final class ReceiveQuality {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MAX_LOST = 0x7F_FFFF;

  /** Extended numbers start one cycle up, see {@code SequenceWindow}. */
  private static final long SEQUENCE_CYCLE = 1 << 16;

  private final Ssrc ssrc;
  private final long clockRateHertz;
  private long baseSequence = -1;
  private long highestSequence;
  private long received;
  private long expectedBefore;
  private long receivedBefore;
  private double jitter;
  private boolean transitKnown;
  private int lastTransit;
  private long lastSenderReport;
  private long lastSenderReportNanos;

  ReceiveQuality(Ssrc ssrc, long clockRateHertz) {
    this.ssrc = ssrc;
    this.clockRateHertz = clockRateHertz;
  }

  void packet(long extendedSequence, long rtpTimestamp, long nowNanos) {
    if (baseSequence < 0) {
      baseSequence = extendedSequence;
      highestSequence = extendedSequence;
    }
    highestSequence = Math.max(highestSequence, extendedSequence);
    received++;
    final long arrival =
        nowNanos / NANOS_PER_SECOND * clockRateHertz
            + nowNanos % NANOS_PER_SECOND * clockRateHertz / NANOS_PER_SECOND;
    final int transit = (int) (arrival - rtpTimestamp);
    if (transitKnown) {
      final double difference = Math.abs((double) (transit - lastTransit));
      jitter += (difference - jitter) / 16;
    }
    transitKnown = true;
    lastTransit = transit;
  }

  void senderReport(NtpTimestamp ntp, long nowNanos) {
    lastSenderReport = ntp.middle();
    lastSenderReportNanos = nowNanos;
  }

  boolean heard() {
    return baseSequence >= 0;
  }

  RtcpReportBlock report(long nowNanos) {
    final long expected = highestSequence - baseSequence + 1;
    final long lost = Math.clamp(expected - received, -MAX_LOST, MAX_LOST);
    final long expectedNow = expected - expectedBefore;
    final long lostNow = expectedNow - (received - receivedBefore);
    expectedBefore = expected;
    receivedBefore = received;
    final long fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (lostNow << 8) / expectedNow;
    final long delay =
        lastSenderReport == 0 ? 0 : ((nowNanos - lastSenderReportNanos) / 1000 << 16) / 1_000_000;
    return new RtcpReportBlock(
        ssrc,
        (int) Math.min(fraction, 255),
        (int) lost,
        highestSequence - SEQUENCE_CYCLE & 0xFFFF_FFFFL,
        (long) jitter & 0xFFFF_FFFFL,
        lastSenderReport,
        delay & 0xFFFF_FFFFL);
  }
}
