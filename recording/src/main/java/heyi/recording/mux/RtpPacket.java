package heyi.recording.mux;

import heyi.media.MediaProfile;
import heyi.media.rtp.RtpExtensions;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What muxing needs of an RTP packet. <b>Source:</b> <a
 * href="https://www.rfc-editor.org/rfc/rfc3550#section-5.1">RFC 3550 §5.1</a>.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |                             SSRC                              |
 * |                      CSRC list (0 to 15)                      |
 * |              header extension, when X is set                  |
 * |                  payload, padding when P is set               |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @param ssrc 0 to 2^32-1
 * @param sequenceNumber 16 bits
 * @param timestamp 32 bits
 * @param marker last packet of a frame, for video
 * @param audioLevel loudness as its sender gives it, in −dBov from 0 (loudest) to 127 (<a
 *     href="https://www.rfc-editor.org/rfc/rfc6464#section-3">RFC 6464 §3</a>), else {@link
 *     #NO_LEVEL}
 * @param payload without header, extension and padding
 */
record RtpPacket(
    long ssrc,
    int sequenceNumber,
    int timestamp,
    boolean marker,
    int audioLevel,
    ByteBuffer payload) {
  /** The sender did not say how loud it is. */
  static final int NO_LEVEL = -1;

  private static final int FIXED_HEADER_BYTES = 12;

  /** Empty when the bytes are not a whole RTP packet. */
  static Optional<RtpPacket> parse(ByteBuffer bytes) {
    int size = bytes.remaining();
    int start = bytes.position();
    if (size < FIXED_HEADER_BYTES || (bytes.get(start) & 0xC0) != 0x80) {
      return Optional.empty();
    }
    int first = bytes.get(start);
    int header = FIXED_HEADER_BYTES + 4 * (first & 0x0F);
    int audioLevel = NO_LEVEL;
    if ((first & 0x10) != 0) {
      if (size < header + 4) {
        return Optional.empty();
      }
      int extension = header;
      header += 4 + 4 * Short.toUnsignedInt(bytes.getShort(start + header + 2));
      if (header <= size) {
        audioLevel = audioLevel(bytes.slice(start + extension, header - extension));
      }
    }
    int padding = (first & 0x20) == 0 ? 0 : Byte.toUnsignedInt(bytes.get(start + size - 1));
    int length = size - header - padding;
    if (length < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new RtpPacket(
            Integer.toUnsignedLong(bytes.getInt(start + 8)),
            Short.toUnsignedInt(bytes.getShort(start + 2)),
            bytes.getInt(start + 4),
            (bytes.get(start + 1) & 0x80) != 0,
            audioLevel,
            bytes.slice(start + header, length)));
  }

  /** One-byte form only, which is what our offers lead to (RFC 8285 §4.2). */
  private static int audioLevel(ByteBuffer extension) {
    if (Short.toUnsignedInt(extension.getShort(0)) != RtpExtensions.ONE_BYTE_PROFILE) {
      return NO_LEVEL;
    }
    int at = 4;
    while (at + 1 < extension.limit()) {
      int element = Byte.toUnsignedInt(extension.get(at));
      if (element >>> 4 == MediaProfile.AUDIO_LEVEL_EXTENSION) {
        return extension.get(at + 1) & 0x7F;
      }
      at += element == 0 ? 1 : 2 + (element & 0x0F);
    }
    return NO_LEVEL;
  }
}
