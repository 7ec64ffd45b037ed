package heyi.media.bridge;

import heyi.media.MediaProfile;
import heyi.media.rtp.Bits;
import heyi.media.rtp.RtpExtensions;
import heyi.media.rtp.RtpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a received packet for its receivers: without CSRCs and without the sender's header
 * extensions except the audio level. A foreign {@code mid} or {@code rid} would lead a browser to
 * the wrong section; transport-wide numbers belong to one hop only.
 *
 * <pre>
 * 12 bytes fixed header | 4 + 4 bytes audio level, audio only | payload | padding as it was
 * </pre>
 */
final class ForwardedPacket {
  private static final int EXTENSION_BYTES = 8;
  private static final int PADDING_BIT = 0x20;
  private static final int EXTENSION_BIT = 0x10;
  private static final int VERSION_BITS = 0x80;

  private ForwardedPacket() {}

  static byte[] of(byte[] buffer, int offset, RtpHeader header) {
    RtpExtensions.Element level =
        header.payloadType() == MediaProfile.OPUS_PAYLOAD_TYPE
            ? RtpExtensions.find(buffer, header, MediaProfile.AUDIO_LEVEL_EXTENSION)
            : null;
    int headerBytes = RtpHeader.FIXED_SIZE_BYTES + (level == null ? 0 : EXTENSION_BYTES);
    int bodyBytes = header.payloadLength() + header.paddingLength();
    byte[] packet = new byte[headerBytes + bodyBytes];
    System.arraycopy(buffer, offset, packet, 0, RtpHeader.FIXED_SIZE_BYTES);
    packet[0] =
        (byte)
            (VERSION_BITS
                | (header.paddingLength() > 0 ? PADDING_BIT : 0)
                | (level == null ? 0 : EXTENSION_BIT));
    writeLevel(packet, buffer, level);
    System.arraycopy(buffer, header.payloadOffset(), packet, headerBytes, bodyBytes);
    return packet;
  }

  private static void writeLevel(
      byte[] packet, byte[] buffer, RtpExtensions.@Nullable Element level) {
    if (level == null) {
      return;
    }
    int at = RtpHeader.FIXED_SIZE_BYTES;
    Bits.put16(packet, at, RtpExtensions.ONE_BYTE_PROFILE);
    Bits.put16(packet, at + 2, 1);
    packet[at + 4] = (byte) (MediaProfile.AUDIO_LEVEL_EXTENSION << 4);
    packet[at + 5] = buffer[level.offset()];
  }
}
