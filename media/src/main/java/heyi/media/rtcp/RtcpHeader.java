package heyi.media.rtcp;

import java.nio.ByteBuffer;

/**
 * The four octets that every RTCP packet begins with.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1">RFC 3550
 * §6.4.1</a>
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P| RC/FMT  |      PT       |   length in words minus one   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class RtcpHeader {
  static final int SIZE_BYTES = 4;
  static final int SENDER_REPORT = 200;
  static final int RECEIVER_REPORT = 201;
  static final int SOURCE_DESCRIPTION = 202;
  static final int GOODBYE = 203;
  static final int TRANSPORT_FEEDBACK = 205;
  static final int PAYLOAD_FEEDBACK = 206;

  private RtcpHeader() {}

  static void write(ByteBuffer out, int count, int packetType, int sizeBytes) {
    out.put((byte) (0x80 | count));
    out.put((byte) packetType);
    out.putShort((short) (sizeBytes / 4 - 1));
  }
}
