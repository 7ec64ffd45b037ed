package heyi.recording.mux;

/**
 * Turns a counter that wraps around into one that does not: each value is taken to be the one
 * nearest to the value before.
 */
final class Unwrapper {
  private final int bits;
  private boolean started;
  private long last;

  /** A counter of 16 or 32 bits. */
  Unwrapper(int bits) {
    this.bits = bits;
  }

  /** The unwrapped value. */
  long unwrap(int value) {
    long unsigned = Integer.toUnsignedLong(value) & ((1L << bits) - 1);
    if (!started) {
      started = true;
      last = unsigned;
      return last;
    }
    int shift = Long.SIZE - bits;
    long step = ((unsigned - last) << shift) >> shift;
    last += step;
    return last;
  }
}
