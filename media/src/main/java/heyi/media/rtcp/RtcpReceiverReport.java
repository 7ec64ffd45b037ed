package heyi.media.rtcp;

import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells senders how their streams arrive.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc3550#section-6.4.2">RFC 3550
 * §6.4.2</a>
 *
 * <pre>
 * |V=2|P|    RC   |   PT=RR=201   |             length            |
 * |                     SSRC of packet sender                     |
 * |                       report blocks ...                       |
 * </pre>
 *
 * @param sender who reports
 * @param blocks at most 31
 */
public record RtcpReceiverReport(Ssrc sender, List<RtcpReportBlock> blocks) implements RtcpPacket {
  private static final int FIXED_BYTES = 8;

  /** Copies the blocks. */
  public RtcpReceiverReport {
    RtcpReportBlock.requireCount(blocks);
    blocks = List.copyOf(blocks);
  }

  static @Nullable RtcpReceiverReport read(byte[] b, int at, int size, int count) {
    if (size < FIXED_BYTES + count * RtcpReportBlock.SIZE_BYTES) {
      return null;
    }
    return new RtcpReceiverReport(
        Ssrc.ofBits(Bits.i32(b, at + 4)), RtcpReportBlock.readAll(b, at + FIXED_BYTES, count));
  }

  @Override
  public int sizeBytes() {
    return FIXED_BYTES + blocks.size() * RtcpReportBlock.SIZE_BYTES;
  }

  @Override
  public void write(ByteBuffer out) {
    RtcpHeader.write(out, blocks.size(), RtcpHeader.RECEIVER_REPORT, sizeBytes());
    out.putInt(sender.bits());
    blocks.forEach(block -> block.write(out));
  }
}
