package heyi.media.rtcp;

import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ties a stream's RTP timestamps to the sender's wall clock and counts what it sent.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1">RFC 3550
 * §6.4.1</a>
 *
 * <pre>
 * |V=2|P|    RC   |   PT=SR=200   |             length            |
 * |                         SSRC of sender                        |
 * |              NTP timestamp, most significant word             |
 * |             NTP timestamp, least significant word             |
 * |                         RTP timestamp                         |
 * |                     sender's packet count                     |
 * |                      sender's octet count                     |
 * |                       report blocks ...                       |
 * </pre>
 *
 * @param sender the stream
 * @param ntp when the report was made
 * @param rtpTimestamp the same moment on the stream's clock
 * @param packetCount packets sent so far
 * @param octetCount payload octets sent so far
 * @param blocks what the sender receives, at most 31
 */
public record RtcpSenderReport(
    Ssrc sender,
    NtpTimestamp ntp,
    long rtpTimestamp,
    long packetCount,
    long octetCount,
    List<RtcpReportBlock> blocks)
    implements RtcpPacket {
  private static final int FIXED_BYTES = 28;

  /** Copies the blocks. */
  public RtcpSenderReport {
    RtcpReportBlock.requireCount(blocks);
    blocks = List.copyOf(blocks);
  }

  static @Nullable RtcpSenderReport read(byte[] b, int at, int size, int count) {
    if (size < FIXED_BYTES + count * RtcpReportBlock.SIZE_BYTES) {
      return null;
    }
    return new RtcpSenderReport(
        Ssrc.ofBits(Bits.i32(b, at + 4)),
        new NtpTimestamp(Bits.u32(b, at + 8) << 32 | Bits.u32(b, at + 12)),
        Bits.u32(b, at + 16),
        Bits.u32(b, at + 20),
        Bits.u32(b, at + 24),
        RtcpReportBlock.readAll(b, at + FIXED_BYTES, count));
  }

  @Override
  public int sizeBytes() {
    return FIXED_BYTES + blocks.size() * RtcpReportBlock.SIZE_BYTES;
  }

  @Override
  public void write(ByteBuffer out) {
    RtcpHeader.write(out, blocks.size(), RtcpHeader.SENDER_REPORT, sizeBytes());
    out.putInt(sender.bits());
    out.putLong(ntp.bits());
    out.putInt((int) rtpTimestamp);
    out.putInt((int) packetCount);
    out.putInt((int) octetCount);
    blocks.forEach(block -> block.write(out));
  }
}
