package heyi.media.rtcp;

import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How one stream was received.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1">RFC 3550
 * §6.4.1</a>
 *
 * <pre>
 * |                           SSRC                                |
 * | fraction lost |       cumulative number of packets lost       |
 * |           extended highest sequence number received           |
 * |                      interarrival jitter                      |
 * |                         last SR (LSR)                         |
 * |                   delay since last SR (DLSR)                  |
 * </pre>
 *
 * @param ssrc the stream
 * @param fractionLost since the last report, in 1/256
 * @param cumulativeLost since the beginning, signed 24 bits
 * @param highestSequence extended, 32 bits
 * @param jitter in timestamp units
 * @param lastSenderReport middle 32 bits of its NTP time, 0 when none came
 * @param delaySinceLastSenderReport in 1/65536 s
 */
public record RtcpReportBlock(
    Ssrc ssrc,
    int fractionLost,
    int cumulativeLost,
    long highestSequence,
    long jitter,
    long lastSenderReport,
    long delaySinceLastSenderReport) {
  static final int SIZE_BYTES = 24;

  /** A report counts its blocks in five bits. */
  static final int MAX_BLOCKS = 31;

  /** The same with another loss since the last report, in 1/256. */
  public RtcpReportBlock withFractionLost(int fraction) {
    return new RtcpReportBlock(
        ssrc,
        fraction,
        cumulativeLost,
        highestSequence,
        jitter,
        lastSenderReport,
        delaySinceLastSenderReport);
  }

  static List<RtcpReportBlock> readAll(byte[] b, int from, int count) {
    final List<RtcpReportBlock> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      final int at = from + i * SIZE_BYTES;
      blocks.add(
          new RtcpReportBlock(
              Ssrc.ofBits(Bits.i32(b, at)),
              Bits.u8(b, at + 4),
              Bits.u24(b, at + 5) << 8 >> 8,
              Bits.u32(b, at + 8),
              Bits.u32(b, at + 12),
              Bits.u32(b, at + 16),
              Bits.u32(b, at + 20)));
    }
    return blocks;
  }

  static void requireCount(List<RtcpReportBlock> blocks) {
    if (blocks.size() > MAX_BLOCKS) {
      throw new IllegalArgumentException("at most 31 report blocks but got " + blocks.size());
    }
  }

  void write(ByteBuffer out) {
    out.putInt(ssrc.bits());
    out.putInt(fractionLost << 24 | cumulativeLost & 0xFF_FFFF);
    out.putInt((int) highestSequence);
    out.putInt((int) jitter);
    out.putInt((int) lastSenderReport);
    out.putInt((int) delaySinceLastSenderReport);
  }
}
