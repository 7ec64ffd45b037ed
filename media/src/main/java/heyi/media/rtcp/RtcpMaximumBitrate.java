package heyi.media.rtcp;

import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receiver estimated maximum bitrate (REMB): how much the receiver thinks it can take.
 *
 * <p><b>Source:</b> <a
 * href="https://datatracker.ietf.org/doc/html/draft-alvestrand-rmcat-remb-03#section-2.2">
 * draft-alvestrand-rmcat-remb §2.2</a>
 *
 * <pre>
 * |V=2|P| FMT=15  |   PT=206      |             length            |
 * |                  SSRC of packet sender                        |
 * |                  SSRC of media source, 0                      |
 * |  Unique identifier 'R' 'E' 'M' 'B'                            |
 * |  Num SSRC     | BR Exp    |  BR Mantissa (18 bits)            |
 * |   SSRC feedback ...                                           |
 * </pre>
 *
 * @param sender who estimates
 * @param bitsPerSecond of all the streams together; written with 18 significant bits
 * @param media the streams, at most 255
 */
public record RtcpMaximumBitrate(Ssrc sender, long bitsPerSecond, List<Ssrc> media)
    implements RtcpPacket {
  static final int FORMAT = 15;
  private static final int REMB = 0x52454D42;
  private static final int FIXED_BYTES = 20;
  private static final int MANTISSA_BITS = 18;
  private static final int MAX_MEDIA = 255;
  private static final int MAX_EXPONENT = 63 - MANTISSA_BITS;

  /** Copies the streams. */
  public RtcpMaximumBitrate {
    if (bitsPerSecond < 0 || media.size() > MAX_MEDIA) {
      throw new IllegalArgumentException(
          "bitrate " + bitsPerSecond + " must not be negative, streams at most 255: " + media);
    }
    media = List.copyOf(media);
  }

  static @Nullable RtcpMaximumBitrate read(byte[] b, int at, int size) {
    if (size < FIXED_BYTES || Bits.i32(b, at + 12) != REMB) {
      return null;
    }
    final int count = Bits.u8(b, at + 16);
    final int exponent = Bits.u8(b, at + 17) >> 2;
    if (size < FIXED_BYTES + count * 4 || exponent > MAX_EXPONENT) {
      return null;
    }
    final List<Ssrc> media = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      media.add(Ssrc.ofBits(Bits.i32(b, at + FIXED_BYTES + i * 4)));
    }
    final long mantissa = Bits.u24(b, at + 17) & (1 << MANTISSA_BITS) - 1;
    return new RtcpMaximumBitrate(Ssrc.ofBits(Bits.i32(b, at + 4)), mantissa << exponent, media);
  }

  @Override
  public int sizeBytes() {
    return FIXED_BYTES + media.size() * 4;
  }

  @Override
  public void write(ByteBuffer out) {
    final int exponent =
        Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitsPerSecond) - MANTISSA_BITS);
    final int mantissa = (int) (bitsPerSecond >> exponent);
    RtcpHeader.write(out, FORMAT, RtcpHeader.PAYLOAD_FEEDBACK, sizeBytes());
    out.putInt(sender.bits()).putInt(0).putInt(REMB);
    out.putInt(media.size() << 24 | exponent << MANTISSA_BITS | mantissa);
    media.forEach(ssrc -> out.putInt(ssrc.bits()));
  }
}
