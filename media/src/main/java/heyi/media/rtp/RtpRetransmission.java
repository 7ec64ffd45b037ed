package heyi.media.rtp;

import heyi.media.Ssrc;
import org.jspecify.annotations.Nullable;

/**
 * The retransmission payload format: the original sequence number goes before the payload, the
 * packet travels under its own SSRC, payload type and sequence numbers.
 *
 * <p><b>Source:</b> <a href="https://www.rfc-editor.org/rfc/rfc4588#section-4">RFC 4588 §4</a>
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                 RTP header of the retransmission              |
 * |            OSN                |  original payload ...         |
 * </pre>
 */
public final class RtpRetransmission {
  private static final int OSN_BYTES = 2;

  private RtpRetransmission() {}

  /**
   * Turns an original into a retransmission.
   *
   * @param packet the original, whole array
   * @param header of the original
   * @param ssrc of the retransmission stream
   * @param payloadType of the retransmission
   * @param sequenceNumber next of the retransmission stream
   */
  public static byte[] wrap(
      byte[] packet, RtpHeader header, Ssrc ssrc, int payloadType, int sequenceNumber) {
    final int headerBytes = header.payloadOffset();
    final byte[] wrapped = new byte[headerBytes + OSN_BYTES + header.payloadLength()];
    System.arraycopy(packet, 0, wrapped, 0, headerBytes);
    wrapped[0] &= (byte) ~0x20;
    wrapped[1] = (byte) (packet[1] & 0x80 | payloadType);
    Bits.put16(wrapped, RtpHeader.SEQUENCE_NUMBER_OFFSET, sequenceNumber);
    Bits.put32(wrapped, 8, ssrc.value());
    Bits.put16(wrapped, headerBytes, header.sequenceNumber());
    System.arraycopy(packet, headerBytes, wrapped, headerBytes + OSN_BYTES, header.payloadLength());
    return wrapped;
  }

  /**
   * Turns a retransmission back into the original.
   *
   * @param buffer holds the retransmission
   * @param offset of its RTP header
   * @param header of the retransmission
   * @param ssrc of the original stream
   * @param payloadType of the original
   * @return null when it carries no original: padding that probes the bandwidth
   */
  public static byte @Nullable [] unwrap(
      byte[] buffer, int offset, RtpHeader header, Ssrc ssrc, int payloadType) {
    if (header.payloadLength() < OSN_BYTES) {
      return null;
    }
    final int headerBytes = header.payloadOffset() - offset;
    final int payloadBytes = header.payloadLength() - OSN_BYTES;
    final byte[] original = new byte[headerBytes + payloadBytes];
    System.arraycopy(buffer, offset, original, 0, headerBytes);
    original[0] &= (byte) ~0x20;
    original[1] = (byte) (original[1] & 0x80 | payloadType);
    Bits.put16(
        original, RtpHeader.SEQUENCE_NUMBER_OFFSET, Bits.u16(buffer, header.payloadOffset()));
    Bits.put32(original, 8, ssrc.value());
    System.arraycopy(
        buffer, header.payloadOffset() + OSN_BYTES, original, headerBytes, payloadBytes);
    return original;
  }
}
