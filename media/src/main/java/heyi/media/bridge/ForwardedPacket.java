package heyi.media.bridge;

import heyi.media.MediaProfile;
import heyi.media.rtp.Bits;
import heyi.media.rtp.RtpExtensions;
import heyi.media.rtp.RtpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a received packet for its receivers: without CSRCs and without the sender's header
 * extensions except the audio level. A foreign {@code mid} or {@code rid} would lead a browser to
 * the wrong section; transport-wide numbers belong to one hop only, so there is room for a new one.
 *
 * <pre>
 * 12 bytes fixed header | 4 + 4 bytes, audio 4 + 8: | payload | padding as it was
 *   transport-wide number, 2 bytes; audio level, 1 byte, audio only
 * </pre>
 */
final class ForwardedPacket {
  private static final int EXTENSION_HEADER_BYTES = 4;
  private static final int WORD_BYTES = 4;
  private static final int PADDING_BIT = 0x20;
  private static final int EXTENSION_BIT = 0x10;
  private static final int VERSION_BITS = 0x80;

  /** An identifier and a length of two. */
  private static final int TRANSPORT_NUMBER = MediaProfile.TRANSPORT_CC_EXTENSION << 4 | 1;

  private ForwardedPacket() {}

  static byte[] of(byte[] buffer, int offset, RtpHeader header) {
    RtpExtensions.Element level =
        header.payloadType() == MediaProfile.OPUS_PAYLOAD_TYPE
            ? RtpExtensions.find(buffer, header, MediaProfile.AUDIO_LEVEL_EXTENSION)
            : null;
    int words = level == null ? 1 : 2;
    int headerBytes = RtpHeader.FIXED_SIZE_BYTES + EXTENSION_HEADER_BYTES + words * WORD_BYTES;
    int bodyBytes = header.payloadLength() + header.paddingLength();
    byte[] packet = new byte[headerBytes + bodyBytes];
    System.arraycopy(buffer, offset, packet, 0, RtpHeader.FIXED_SIZE_BYTES);
    packet[0] =
        (byte) (VERSION_BITS | EXTENSION_BIT | (header.paddingLength() > 0 ? PADDING_BIT : 0));
    int at = RtpHeader.FIXED_SIZE_BYTES;
    Bits.put16(packet, at, RtpExtensions.ONE_BYTE_PROFILE);
    Bits.put16(packet, at + 2, words);
    packet[at + EXTENSION_HEADER_BYTES] = (byte) TRANSPORT_NUMBER;
    writeLevel(packet, buffer, level);
    System.arraycopy(buffer, header.payloadOffset(), packet, headerBytes, bodyBytes);
    return packet;
  }

  private static void writeLevel(
      byte[] packet, byte[] buffer, RtpExtensions.@Nullable Element level) {
    if (level == null) {
      return;
    }
    int at = RtpHeader.FIXED_SIZE_BYTES + EXTENSION_HEADER_BYTES + 3;
    packet[at] = (byte) (MediaProfile.AUDIO_LEVEL_EXTENSION << 4);
    packet[at + 1] = buffer[level.offset()];
  }
}
