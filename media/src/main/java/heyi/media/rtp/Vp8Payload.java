package heyi.media.rtp;

/**
 * Reads as much of a VP8 RTP payload as a forwarder and recorder need.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc7741#section-4.2">RFC 7741 §4.2</a>
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |X|R|N|S|R| PID |
 * X: |I|L|T|K|  RSV  |
 * I: |M| PictureID   |  one more octet when M
 * L: |  TL0PICIDX    |
 * T/K: |TID|Y| KEYIDX |
 * payload header of a frame's first packet: bit 0 is 0 in a keyframe
 * </pre>
 */
public final class Vp8Payload {
  private Vp8Payload() {}

  /**
   * Bytes of the payload descriptor.
   *
   * @return -1 when the payload is broken or empty
   */
  public static int descriptorLength(byte[] buffer, int offset, int length) {
    if (length < 1) {
      return -1;
    }
    int size = 1;
    if ((buffer[offset] & 0x80) != 0) {
      if (length < 2) {
        return -1;
      }
      final int flags = buffer[offset + 1];
      size++;
      if ((flags & 0x80) != 0) {
        if (length < 3) {
          return -1;
        }
        size += (buffer[offset + 2] & 0x80) != 0 ? 2 : 1;
      }
      size += (flags & 0x40) != 0 ? 1 : 0;
      size += (flags & 0x30) != 0 ? 1 : 0;
    }
    return size < length ? size : -1;
  }

  /** Whether the payload begins a frame: first partition, start bit. */
  public static boolean beginsFrame(byte[] buffer, int offset, int length) {
    return descriptorLength(buffer, offset, length) > 0 && (buffer[offset] & 0x17) == 0x10;
  }

  /** Whether the payload begins a keyframe. */
  public static boolean beginsKeyframe(byte[] buffer, int offset, int length) {
    final int descriptor = descriptorLength(buffer, offset, length);
    return descriptor > 0
        && (buffer[offset] & 0x17) == 0x10
        && (buffer[offset + descriptor] & 0x01) == 0;
  }
}
