package heyi.media.rtp;

/** Network byte order, read from and written to arrays. */
public final class Bits {
  private Bits() {}

  /** Unsigned octet. */
  public static int u8(byte[] b, int at) {
    return b[at] & 0xFF;
  }

  /** Unsigned 16 bits. */
  public static int u16(byte[] b, int at) {
    return u8(b, at) << 8 | u8(b, at + 1);
  }

  /** Unsigned 24 bits. */
  public static int u24(byte[] b, int at) {
    return u16(b, at) << 8 | u8(b, at + 2);
  }

  /** 32 bits, signed as Java has them. */
  public static int i32(byte[] b, int at) {
    return u16(b, at) << 16 | u16(b, at + 2);
  }

  /** Unsigned 32 bits. */
  public static long u32(byte[] b, int at) {
    return Integer.toUnsignedLong(i32(b, at));
  }

  /** Writes the low 16 bits. */
  public static void put16(byte[] b, int at, int value) {
    b[at] = (byte) (value >> 8);
    b[at + 1] = (byte) value;
  }

  /** Writes the low 24 bits. */
  public static void put24(byte[] b, int at, int value) {
    b[at] = (byte) (value >> 16);
    put16(b, at + 1, value);
  }

  /** Writes the low 32 bits. */
  public static void put32(byte[] b, int at, long value) {
    put16(b, at, (int) (value >> 16));
    put16(b, at + 2, (int) value);
  }
}
