package heyi.media.rtcp;

import heyi.media.Ssrc;
import heyi.media.rtp.Bits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands keyframes; a repeated command carries the same number.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc5104#section-4.3.1">RFC 5104
 * §4.3.1</a>
 *
 * <pre>
 * |V=2|P|  FMT=4  |  PT=PSFB=206  |            length             |
 * |                  SSRC of packet sender                        |
 * |                  SSRC of media source, 0                      |
 * |                  SSRC                                         |  per entry
 * | Seq nr.       |    Reserved                                   |
 * </pre>
 *
 * @param sender who commands
 * @param entries whose keyframes
 */
public record RtcpFullIntraRequest(Ssrc sender, List<Entry> entries) implements RtcpPacket {
  static final int FORMAT = 4;
  private static final int FIXED_BYTES = 12;
  private static final int ENTRY_BYTES = 8;

  /**
   * One commanded stream.
   *
   * @param media the stream
   * @param sequenceNumber of the command, 0 to 255
   */
  public record Entry(Ssrc media, int sequenceNumber) {}

  /** Copies the entries. */
  public RtcpFullIntraRequest {
    entries = List.copyOf(entries);
  }

  static @Nullable RtcpFullIntraRequest read(byte[] b, int at, int size) {
    if (size < FIXED_BYTES) {
      return null;
    }
    final List<Entry> entries = new ArrayList<>();
    for (int entry = FIXED_BYTES; entry + ENTRY_BYTES <= size; entry += ENTRY_BYTES) {
      entries.add(new Entry(Ssrc.ofBits(Bits.i32(b, at + entry)), Bits.u8(b, at + entry + 4)));
    }
    return new RtcpFullIntraRequest(Ssrc.ofBits(Bits.i32(b, at + 4)), entries);
  }

  @Override
  public int sizeBytes() {
    return FIXED_BYTES + entries.size() * ENTRY_BYTES;
  }

  @Override
  public void write(ByteBuffer out) {
    RtcpHeader.write(out, FORMAT, RtcpHeader.PAYLOAD_FEEDBACK, sizeBytes());
    out.putInt(sender.bits()).putInt(0);
    entries.forEach(e -> out.putInt(e.media().bits()).putInt(e.sequenceNumber() << 24));
  }
}
