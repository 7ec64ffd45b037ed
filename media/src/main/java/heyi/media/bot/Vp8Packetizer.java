package heyi.media.bot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts VP8 frames into RTP payloads (RFC 7741 §4.2), each behind a descriptor with a 15-bit picture
 * id:
 *
 * <pre>
 * |X|R|N|S|R| PID |   X=1, S=1 in the first payload of a frame, PID=0
 * |I|L|T|K|  RSV  |   I=1
 * |1| picture id  |   upper 7 bits
 * |  picture id   |   lower 8 bits
 * </pre>
 */
final class Vp8Packetizer {
  /** With headers, SRTP tag and a tunnel's overhead it stays below 1280 bytes (IPv6 minimum). */
  static final int MAX_PAYLOAD_BYTES = 1100;

  private static final int DESCRIPTOR_BYTES = 4;
  private static final int PICTURE_IDS = 1 << 15;

  private int pictureId;

  Vp8Packetizer(int firstPictureId) {
    pictureId = firstPictureId % PICTURE_IDS;
  }

  List<byte[]> payloads(byte[] frame) {
    List<byte[]> payloads = new ArrayList<>();
    for (int at = 0; at < frame.length; at += MAX_PAYLOAD_BYTES) {
      int end = Math.min(at + MAX_PAYLOAD_BYTES, frame.length);
      byte[] payload = new byte[DESCRIPTOR_BYTES + end - at];
      payload[0] = (byte) (at == 0 ? 0x90 : 0x80);
      payload[1] = (byte) 0x80;
      payload[2] = (byte) (0x80 | pictureId >> 8);
      payload[3] = (byte) pictureId;
      System.arraycopy(Arrays.copyOfRange(frame, at, end), 0, payload, DESCRIPTOR_BYTES, end - at);
      payloads.add(payload);
    }
    pictureId = (pictureId + 1) % PICTURE_IDS;
    return payloads;
  }
}
