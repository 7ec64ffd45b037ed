package heyi.media.rtcp;

import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When each packet of a transport arrived, from which the sender estimates the bandwidth.
 *
 * <p><b>Source:</b> <a
 * href="https://datatracker.ietf.org/doc/html/draft-holmer-rmcat-transport-wide-cc-extensions-01#section-3.1">
 * draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1</a>
 *
 * <pre>
 * |V=2|P|  FMT=15 |    PT=205     |           length              |
 * |                     SSRC of packet sender                     |
 * |                      SSRC of media source                     |
 * |      base sequence number     |      packet status count      |
 * |                 reference time                | fb pkt. count |
 * |         packet chunks, 16 bits each ...                       |
 * |         receive deltas, 8 or 16 bits each ...                 |
 * run length chunk    |0| S |     run length, 13 bits   |
 * status vector chunk |1|0| 14 one-bit symbols          |
 * status vector chunk |1|1|  7 two-bit symbols          |  the form that is written
 * </pre>
 *
 * @param sender who reports
 * @param media any stream of the transport
 * @param baseSequence first sequence number
 * @param referenceTime in 64 ms, signed 24 bits
 * @param feedbackCount 0 to 255, counts the reports
 * @param deltas one per packet: {@link #LOST} or the distance to the packet received before (for
 *     the first, to the reference time) in 250 us, signed 16 bits
 */
public record RtcpTransportFeedback(
    Ssrc sender,
    Ssrc media,
    int baseSequence,
    int referenceTime,
    int feedbackCount,
    List<Integer> deltas)
    implements RtcpPacket {
  /** Marks a packet that has not arrived. */
  public static final int LOST = Integer.MIN_VALUE;

  static final int FORMAT = 15;
  private static final int FIXED_BYTES = 20;
  private static final int VECTOR_SYMBOLS = 7;
  private static final int SMALL_DELTA = 1;
  private static final int LARGE_DELTA = 2;

  /** Copies the deltas. */
  public RtcpTransportFeedback {
    if (deltas.isEmpty() || deltas.size() > 0xFFFF) {
      throw new IllegalArgumentException("1 to 65535 packets but got " + deltas.size());
    }
    deltas = List.copyOf(deltas);
  }

  static @Nullable RtcpTransportFeedback read(byte[] b, int at, int size) {
    if (size < FIXED_BYTES) {
      return null;
    }
    final int count = Bits.u16(b, at + 14);
    final int end = at + size;
    final int[] symbols = new int[count];
    int next = at + FIXED_BYTES;
    int known = 0;
    while (known < count && next + 2 <= end) {
      known = readChunk(Bits.u16(b, next), symbols, known);
      next += 2;
    }
    if (count == 0 || known < count) {
      return null;
    }
    final List<Integer> deltas = new ArrayList<>(count);
    for (final int symbol : symbols) {
      if (symbol != SMALL_DELTA && symbol != LARGE_DELTA) {
        deltas.add(LOST);
        continue;
      }
      if (next + symbol > end) {
        return null;
      }
      deltas.add(symbol == SMALL_DELTA ? Bits.u8(b, next) : (short) Bits.u16(b, next));
      next += symbol;
    }
    return new RtcpTransportFeedback(
        Ssrc.ofBits(Bits.i32(b, at + 4)),
        Ssrc.ofBits(Bits.i32(b, at + 8)),
        Bits.u16(b, at + 12),
        Bits.u24(b, at + 16) << 8 >> 8,
        Bits.u8(b, at + 19),
        deltas);
  }

  private static int readChunk(int chunk, int[] symbols, int from) {
    int at = from;
    if ((chunk & 0x8000) == 0) {
      final int run = chunk & 0x1FFF;
      for (int i = 0; i < run && at < symbols.length; i++) {
        symbols[at++] = chunk >> 13 & 3;
      }
      return run == 0 ? symbols.length + 1 : at;
    }
    final boolean twoBits = (chunk & 0x4000) != 0;
    final int bits = twoBits ? 2 : 1;
    for (int shift = 14 - bits; shift >= 0 && at < symbols.length; shift -= bits) {
      symbols[at++] = chunk >> shift & (twoBits ? 3 : 1);
    }
    return at;
  }

  private static int symbol(int delta) {
    if (delta == LOST) {
      return 0;
    }
    return delta >= 0 && delta <= 0xFF ? SMALL_DELTA : LARGE_DELTA;
  }

  @Override
  public int sizeBytes() {
    final int chunks = (deltas.size() + VECTOR_SYMBOLS - 1) / VECTOR_SYMBOLS;
    final int deltaBytes = deltas.stream().mapToInt(RtcpTransportFeedback::symbol).sum();
    return (FIXED_BYTES + chunks * 2 + deltaBytes + 3) / 4 * 4;
  }

  @Override
  public void write(ByteBuffer out) {
    final int size = sizeBytes();
    final int end = out.position() + size;
    RtcpHeader.write(out, FORMAT, RtcpHeader.TRANSPORT_FEEDBACK, size);
    out.putInt(sender.bits()).putInt(media.bits());
    out.putShort((short) baseSequence).putShort((short) deltas.size());
    out.putInt(referenceTime << 8 | feedbackCount & 0xFF);
    for (int from = 0; from < deltas.size(); from += VECTOR_SYMBOLS) {
      int chunk = 0xC000;
      for (int i = 0; i < VECTOR_SYMBOLS && from + i < deltas.size(); i++) {
        chunk |= symbol(deltas.get(from + i)) << 12 - 2 * i;
      }
      out.putShort((short) chunk);
    }
    for (final int delta : deltas) {
      switch (symbol(delta)) {
        case SMALL_DELTA -> out.put((byte) delta);
        case LARGE_DELTA -> out.putShort((short) delta);
        default -> {}
      }
    }
    while (out.position() < end) {
      out.put((byte) 0);
    }
  }
}
