package heyi.media.rtp;

/**
 * How many bits a second go by, over the last while.
 *
 * <p><b>Threads:</b> all methods lock it. <b>Bounds:</b> {@value #BUCKETS} numbers; what is older
 * than the while is forgotten.
 */
public final class RateMeter {
  private static final int BUCKETS = 10;
  private static final double BITS_PER_BYTE = 8;
  private static final double NANOS_PER_SECOND = 1e9;

  private final long bucketNanos;
  private final long[] bytes = new long[BUCKETS];
  private final long[] owners = new long[BUCKETS];

  /**
   * Starts at nothing.
   *
   * @param whileNanos what is looked back on
   */
  public RateMeter(long whileNanos) {
    if (whileNanos < BUCKETS) {
      throw new IllegalArgumentException("the while must be positive but is " + whileNanos);
    }
    bucketNanos = whileNanos / BUCKETS;
  }

  /**
   * Notes what went by.
   *
   * @param size in bytes
   * @param nanos when; may be a little before the last one
   */
  public synchronized void add(long size, long nanos) {
    final long bucket = Math.floorDiv(nanos, bucketNanos);
    final int at = (int) Math.floorMod(bucket, (long) BUCKETS);
    if (owners[at] != bucket) {
      owners[at] = bucket;
      bytes[at] = 0;
    }
    bytes[at] += size;
  }

  /**
   * The rate over the last while.
   *
   * @param nanos now
   */
  public synchronized long bitsPerSecond(long nanos) {
    final long last = Math.floorDiv(nanos, bucketNanos);
    long sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      if (owners[i] > last - BUCKETS && owners[i] <= last) {
        sum += bytes[i];
      }
    }
    return Math.round(sum * BITS_PER_BYTE * NANOS_PER_SECOND / (bucketNanos * BUCKETS));
  }
}
