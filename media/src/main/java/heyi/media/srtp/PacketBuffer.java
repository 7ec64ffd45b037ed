package heyi.media.srtp;

import java.util.Arrays;
import org.jitsi.utils.ByteArrayBuffer;

/**
 * A packet in place, in the form that jitsi-srtp wants; it can be reused for one packet after the
 * other.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class PacketBuffer implements ByteArrayBuffer {
  /** What encryption may add: tag 16 and SRTCP index 4. */
  public static final int MAX_GROWTH_BYTES = 20;

  private byte[] buffer = new byte[0];
  private int offset;
  private int length;

  /**
   * Points to a packet.
   *
   * @param bytes is changed in place; has room for {@link #MAX_GROWTH_BYTES} when it is to be
   *     encrypted
   */
  public PacketBuffer wrap(byte[] bytes, int from, int size) {
    buffer = bytes;
    offset = from;
    length = size;
    return this;
  }

  @Override
  public byte[] getBuffer() {
    return buffer;
  }

  @Override
  public int getOffset() {
    return offset;
  }

  @Override
  public int getLength() {
    return length;
  }

  @Override
  public void setLength(int size) {
    length = size;
  }

  @Override
  public void setOffset(int from) {
    offset = from;
  }

  @Override
  public boolean isInvalid() {
    return false;
  }

  @Override
  public void readRegionToBuff(int from, int size, byte[] out) {
    System.arraycopy(buffer, offset + from, out, 0, size);
  }

  @Override
  public void grow(int more) {
    final int needed = offset + length + more;
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, needed);
    }
  }

  @Override
  public void append(byte[] data, int size) {
    grow(size);
    System.arraycopy(data, 0, buffer, offset + length, size);
    length += size;
  }

  @Override
  public void shrink(int less) {
    length = Math.max(0, length - less);
  }
}
