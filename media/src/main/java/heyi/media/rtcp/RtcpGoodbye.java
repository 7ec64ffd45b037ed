package heyi.media.rtcp;

import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends streams. A reason text is not kept.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc3550#section-6.6">RFC 3550 §6.6</a>
 *
 * <pre>
 * |V=2|P|    SC   |   PT=BYE=203  |             length            |
 * |                           SSRC/CSRC ...                       |
 * </pre>
 *
 * @param ssrcs at most 31
 */
public record RtcpGoodbye(List<Ssrc> ssrcs) implements RtcpPacket {
  private static final int MAX_SSRCS = 31;

  /** Copies the list. */
  public RtcpGoodbye {
    if (ssrcs.size() > MAX_SSRCS) {
      throw new IllegalArgumentException("at most 31 ssrcs but got " + ssrcs.size());
    }
    ssrcs = List.copyOf(ssrcs);
  }

  static @Nullable RtcpGoodbye read(byte[] b, int at, int size, int count) {
    if (size < RtcpHeader.SIZE_BYTES + count * 4) {
      return null;
    }
    final List<Ssrc> ssrcs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ssrcs.add(Ssrc.ofBits(Bits.i32(b, at + RtcpHeader.SIZE_BYTES + i * 4)));
    }
    return new RtcpGoodbye(ssrcs);
  }

  @Override
  public int sizeBytes() {
    return RtcpHeader.SIZE_BYTES + ssrcs.size() * 4;
  }

  @Override
  public void write(ByteBuffer out) {
    RtcpHeader.write(out, ssrcs.size(), RtcpHeader.GOODBYE, sizeBytes());
    ssrcs.forEach(ssrc -> out.putInt(ssrc.bits()));
  }
}
