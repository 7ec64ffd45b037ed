package heyi.media.rtcp;

import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for lost packets again.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc4585#section-6.2.1">RFC 4585
 * §6.2.1</a>
 *
 * <pre>
 * |V=2|P|  FMT=1  |  PT=RTPFB=205 |            length             |
 * |                  SSRC of packet sender                        |
 * |                  SSRC of media source                         |
 * |            PID                |             BLP               |  repeated
 * </pre>
 *
 * @param sender who asks
 * @param media whose packets
 * @param lost sequence numbers in the order asked; at most {@value #MAX_LOST} are written and read
 */
public record RtcpNack(Ssrc sender, Ssrc media, List<Integer> lost) implements RtcpPacket {
  /** More than this at once is beyond repair: a keyframe helps sooner. */
  public static final int MAX_LOST = 512;

  static final int FORMAT = 1;
  private static final int FIXED_BYTES = 12;
  private static final int BITMASK_BITS = 16;

  /** Copies the numbers. */
  public RtcpNack {
    if (lost.size() > MAX_LOST) {
      throw new IllegalArgumentException("at most " + MAX_LOST + " lost but got " + lost.size());
    }
    lost = List.copyOf(lost);
  }

  static @Nullable RtcpNack read(byte[] b, int at, int size) {
    if (size < FIXED_BYTES) {
      return null;
    }
    final List<Integer> lost = new ArrayList<>();
    for (int item = FIXED_BYTES; item + 4 <= size && lost.size() < MAX_LOST; item += 4) {
      final int first = Bits.u16(b, at + item);
      final int mask = Bits.u16(b, at + item + 2);
      lost.add(first);
      for (int bit = 0; bit < BITMASK_BITS && lost.size() < MAX_LOST; bit++) {
        if ((mask >> bit & 1) != 0) {
          lost.add(first + bit + 1 & 0xFFFF);
        }
      }
    }
    return new RtcpNack(Ssrc.ofBits(Bits.i32(b, at + 4)), Ssrc.ofBits(Bits.i32(b, at + 8)), lost);
  }

  @Override
  public int sizeBytes() {
    return FIXED_BYTES + items().size() * 4;
  }

  @Override
  public void write(ByteBuffer out) {
    final List<Integer> items = items();
    RtcpHeader.write(out, FORMAT, RtcpHeader.TRANSPORT_FEEDBACK, FIXED_BYTES + items.size() * 4);
    out.putInt(sender.bits()).putInt(media.bits());
    items.forEach(out::putInt);
  }

  /** PID and BLP pairs that cover the lost numbers in their order. */
  private List<Integer> items() {
    final List<Integer> items = new ArrayList<>();
    int index = 0;
    while (index < lost.size()) {
      final int first = lost.get(index++);
      int mask = 0;
      while (index < lost.size()) {
        final int distance = lost.get(index) - first & 0xFFFF;
        if (distance == 0 || distance > BITMASK_BITS) {
          break;
        }
        mask |= 1 << distance - 1;
        index++;
      }
      items.add(first << 16 | mask);
    }
    return items;
  }
}
