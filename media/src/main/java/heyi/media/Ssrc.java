package heyi.media;

/**
 * Synchronisation source: the number that marks one RTP stream (RFC 3550 §8).
 *
 * @param value 0 to 2^32-1
 */
public record Ssrc(long value) {
  private static final long MAX = 0xFFFF_FFFFL;

  /** Checks the range. */
  public Ssrc {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException("ssrc must be 0 to " + MAX + " but is " + value);
    }
  }

  /**
   * Reads the four bytes of a packet, which Java sees as a signed number.
   *
   * @param bits the 32 bits as they are in the packet
   */
  public static Ssrc ofBits(int bits) {
    return new Ssrc(Integer.toUnsignedLong(bits));
  }

  /** The 32 bits as they go into a packet. */
  public int bits() {
    return (int) value;
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
