package heyi.media.rtcp;

import java.nio.ByteBuffer;

/**
 * A packet of a kind that is not understood here. Its content is not kept; written, it is empty.
 *
 * @param packetType PT
 * @param format the five bits of RC/FMT
 */
public record RtcpUnknown(int packetType, int format) implements RtcpPacket {
  @Override
  public int sizeBytes() {
    return RtcpHeader.SIZE_BYTES;
  }

  @Override
  public void write(ByteBuffer out) {
    RtcpHeader.write(out, format, packetType, sizeBytes());
  }
}
