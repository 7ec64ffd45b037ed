package heyi.media.rtp;

import heyi.media.Ssrc;
import org.jspecify.annotations.Nullable;

/**
 * Header of an RTP packet and where its parts are in the buffer.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc3550#section-5.1">RFC 3550 §5.1</a>
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |           synchronization source (SSRC) identifier            |
 * |            contributing source (CSRC) identifiers ...         |
 * |  extension profile            |  extension length in words    |  when X
 * |                     extension elements ...                    |
 * </pre>
 *
 * @param marker M
 * @param payloadType PT, 0 to 127
 * @param sequenceNumber 0 to 65535
 * @param timestamp 0 to 2^32-1, in units of the codec's clock
 * @param ssrc the stream
 * @param extensionProfile the 16 bits before the length, 0 when there is no extension
 * @param extensionOffset of the first element in the buffer
 * @param extensionLength bytes of all elements
 * @param payloadOffset of the payload in the buffer
 * @param payloadLength without padding; 0 for a packet of padding only
 * @param paddingLength 0 to 255
 */
public record RtpHeader(
    boolean marker,
    int payloadType,
    int sequenceNumber,
    long timestamp,
    Ssrc ssrc,
    int extensionProfile,
    int extensionOffset,
    int extensionLength,
    int payloadOffset,
    int payloadLength,
    int paddingLength) {
  /** Bytes of a header without CSRCs and extension. */
  public static final int FIXED_SIZE_BYTES = 12;

  /** Offset of the sequence number within the header. */
  public static final int SEQUENCE_NUMBER_OFFSET = 2;

  private static final int VERSION = 2;
  private static final int WORD_BYTES = 4;

  /**
   * Reads the header of a plain packet.
   *
   * @return null when the bytes are not an RTP packet
   */
  public static @Nullable RtpHeader parse(byte[] buffer, int offset, int length) {
    return parse(buffer, offset, length, true);
  }

  /**
   * Reads the header of an encrypted packet: as {@link #parse}, but the padding length, which is
   * still encrypted, is taken as 0.
   *
   * @return null when the bytes are not an RTP packet
   */
  public static @Nullable RtpHeader parseEncrypted(byte[] buffer, int offset, int length) {
    return parse(buffer, offset, length, false);
  }

  private static @Nullable RtpHeader parse(
      byte[] buffer, int offset, int length, boolean readsPadding) {
    if (length < FIXED_SIZE_BYTES || Bits.u8(buffer, offset) >> 6 != VERSION) {
      return null;
    }
    final int first = Bits.u8(buffer, offset);
    final int end = offset + length;
    int at = offset + FIXED_SIZE_BYTES + (first & 0x0F) * WORD_BYTES;
    int profile = 0;
    int extensionLength = 0;
    int extensionOffset = at;
    if ((first & 0x10) != 0) {
      if (at + WORD_BYTES > end) {
        return null;
      }
      profile = Bits.u16(buffer, at);
      extensionLength = Bits.u16(buffer, at + 2) * WORD_BYTES;
      extensionOffset = at + WORD_BYTES;
      at = extensionOffset + extensionLength;
    }
    if (at > end) {
      return null;
    }
    final boolean padded = readsPadding && (first & 0x20) != 0;
    final int padding = padded ? Bits.u8(buffer, end - 1) : 0;
    if (padded && (padding == 0 || at + padding > end)) {
      return null;
    }
    return new RtpHeader(
        (buffer[offset + 1] & 0x80) != 0,
        buffer[offset + 1] & 0x7F,
        Bits.u16(buffer, offset + SEQUENCE_NUMBER_OFFSET),
        Bits.u32(buffer, offset + 4),
        Ssrc.ofBits(Bits.i32(buffer, offset + 8)),
        profile,
        extensionOffset,
        extensionLength,
        at,
        end - at - padding,
        padding);
  }
}
