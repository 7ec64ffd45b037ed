package heyi.media.rtp;

import java.util.Arrays;

/**
 * Extends 16-bit sequence numbers over their wrap-around and remembers which of the last {@value
 * #SIZE} were seen (RFC 3550 appendix A.1).
 *
 * <p><b>Threads:</b> guarded by its owner. <b>Bounds:</b> 128 bytes.
 */
public final class SequenceWindow {
  /** How far back a late packet is still told from a duplicate. */
  public static final int SIZE = 1024;

  private static final int CYCLE = 1 << 16;
  private final long[] seen = new long[SIZE / Long.SIZE];
  private long highest = -1;

  /** The highest extended number seen, -1 before the first. */
  public long highest() {
    return highest;
  }

  /**
   * The extended number nearest to the highest seen one; the first number is its own extension plus
   * one cycle, so that an earlier one that comes late is not negative.
   *
   * @param sequenceNumber 0 to 65535
   */
  public long extend(int sequenceNumber) {
    if (highest < 0) {
      return CYCLE + sequenceNumber;
    }
    final int delta = (short) (sequenceNumber - (int) highest);
    return highest + delta;
  }

  /**
   * Notes a number.
   *
   * @param extended from {@link #extend}
   * @return false when it was seen before or is too old to know
   */
  public boolean add(long extended) {
    if (highest < 0 || extended - highest >= SIZE) {
      Arrays.fill(seen, 0);
      highest = extended;
      set(extended);
      return true;
    }
    if (extended > highest) {
      for (long n = highest + 1; n < extended; n++) {
        clear(n);
      }
      highest = extended;
      set(extended);
      return true;
    }
    if (extended <= highest - SIZE || contains(extended)) {
      return false;
    }
    set(extended);
    return true;
  }

  private boolean contains(long extended) {
    return (seen[word(extended)] & bit(extended)) != 0;
  }

  private void set(long extended) {
    seen[word(extended)] |= bit(extended);
  }

  private void clear(long extended) {
    seen[word(extended)] &= ~bit(extended);
  }

  private static int word(long extended) {
    return (int) (extended % SIZE) / Long.SIZE;
  }

  private static long bit(long extended) {
    return 1L << (extended % Long.SIZE);
  }
}
