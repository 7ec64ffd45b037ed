package heyi.media.rtp;

import heyi.media.Ssrc;
import java.io.ByteArrayOutputStream;

/**
 * Builds RTP packets, for those who send media of their own. Extensions use the one-byte form.
 *
 * <p><b>Threads:</b> one thread at a time. A writer makes one packet.
 */
public final class RtpPacketWriter {
  private static final int MAX_ELEMENT_BYTES = 16;
  private static final int MAX_ID = 14;

  private final int payloadType;
  private final Ssrc ssrc;
  private final ByteArrayOutputStream elements = new ByteArrayOutputStream();
  private boolean marker;

  /**
   * Starts a packet.
   *
   * @param payloadType 0 to 127
   * @param ssrc of the stream
   */
  public RtpPacketWriter(int payloadType, Ssrc ssrc) {
    this.payloadType = payloadType;
    this.ssrc = ssrc;
  }

  /** Sets M: the last packet of a video frame. */
  public RtpPacketWriter marked(boolean marks) {
    marker = marks;
    return this;
  }

  /**
   * Adds a header extension.
   *
   * @param id 1 to 14
   * @param data 1 to 16 bytes
   */
  public RtpPacketWriter extension(int id, byte... data) {
    if (id < 1 || id > MAX_ID || data.length < 1 || data.length > MAX_ELEMENT_BYTES) {
      throw new IllegalArgumentException(
          "extension id 1 to 14 with 1 to 16 bytes, but id " + id + " has " + data.length);
    }
    elements.write(id << 4 | data.length - 1);
    elements.write(data, 0, data.length);
    return this;
  }

  /**
   * Makes the packet.
   *
   * @param sequenceNumber low 16 bits are used
   * @param timestamp low 32 bits are used
   * @param payload copied
   */
  public byte[] write(int sequenceNumber, long timestamp, byte[] payload) {
    final byte[] extension = elements.toByteArray();
    final int words = (extension.length + 3) / 4;
    final int headerBytes =
        RtpHeader.FIXED_SIZE_BYTES + (extension.length == 0 ? 0 : 4 + words * 4);
    final byte[] packet = new byte[headerBytes + payload.length];
    packet[0] = (byte) (extension.length == 0 ? 0x80 : 0x90);
    packet[1] = (byte) (payloadType & 0x7F | (marker ? 0x80 : 0));
    Bits.put16(packet, RtpHeader.SEQUENCE_NUMBER_OFFSET, sequenceNumber);
    Bits.put32(packet, 4, timestamp);
    Bits.put32(packet, 8, ssrc.value());
    if (extension.length > 0) {
      Bits.put16(packet, 12, RtpExtensions.ONE_BYTE_PROFILE);
      Bits.put16(packet, 14, words);
      System.arraycopy(extension, 0, packet, 16, extension.length);
    }
    System.arraycopy(payload, 0, packet, headerBytes, payload.length);
    return packet;
  }
}
