package heyi.media.rtcp;

import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a keyframe because the picture is lost.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc4585#section-6.3.1">RFC 4585
 * §6.3.1</a>
 *
 * <pre>
 * |V=2|P|  FMT=1  |  PT=PSFB=206  |          length = 2           |
 * |                  SSRC of packet sender                        |
 * |                  SSRC of media source                         |
 * </pre>
 *
 * @param sender who asks
 * @param media whose keyframe
 */
public record RtcpPictureLossIndication(Ssrc sender, Ssrc media) implements RtcpPacket {
  static final int FORMAT = 1;
  private static final int SIZE_BYTES = 12;

  static @Nullable RtcpPictureLossIndication read(byte[] b, int at, int size) {
    return size < SIZE_BYTES
        ? null
        : new RtcpPictureLossIndication(
            Ssrc.ofBits(Bits.i32(b, at + 4)), Ssrc.ofBits(Bits.i32(b, at + 8)));
  }

  @Override
  public int sizeBytes() {
    return SIZE_BYTES;
  }

  @Override
  public void write(ByteBuffer out) {
    RtcpHeader.write(out, FORMAT, RtcpHeader.PAYLOAD_FEEDBACK, SIZE_BYTES);
    out.putInt(sender.bits()).putInt(media.bits());
  }
}
