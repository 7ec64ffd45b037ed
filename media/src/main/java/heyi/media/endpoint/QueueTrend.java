package heyi.media.endpoint;

/**
 * Whether a queue on the way grows or empties: its length now against the least and most of a
 * quarter of a second before.
 *
 * <p><b>Threads:</b> guarded by its owner. <b>Bounds:</b> {@value #REMEMBERED} lengths.
 */
final class QueueTrend {
  private static final int REMEMBERED = 8;

  /** Long enough to tell a queue from a packet that came late. */
  private static final long WHILE_NANOS = 250_000_000;

  /** A line that takes a tenth more than it carries queues so much in that while. */
  private static final long STEP_NANOS = 20_000_000;

  private final long[] lengths = new long[REMEMBERED];
  private final long[] atNanos = new long[REMEMBERED];
  private int count;
  private boolean rises;
  private boolean falls;

  /** Notes the length of the queue. */
  void add(long lengthNanos, long nowNanos) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < Math.min(count, REMEMBERED); i++) {
      if (nowNanos - atNanos[i] <= WHILE_NANOS) {
        least = Math.min(least, lengths[i]);
        most = Math.max(most, lengths[i]);
      }
    }
    // A single packet that came late is no queue.
    rises =
        least != Long.MAX_VALUE
            && lengthNanos >= most
            && lengthNanos - least >= STEP_NANOS
            && lengths[(count + REMEMBERED - 1) % REMEMBERED] - least >= STEP_NANOS / 2;
    falls = most != Long.MIN_VALUE && lengthNanos <= least && most - lengthNanos >= STEP_NANOS;
    lengths[count % REMEMBERED] = lengthNanos;
    atNanos[count % REMEMBERED] = nowNanos;
    count++;
  }

  /** It is as long as never in the last while, and clearly longer than it was. */
  boolean rises() {
    return rises;
  }

  /** It is as short as never in the last while, and clearly shorter than it was. */
  boolean falls() {
    return falls;
  }
}
