package heyi.media.endpoint;

/**
 * Spreads what is sent over the time that a narrow line takes for it: what does not fit waits here,
 * where sound can pass it, and not in the line's queue, where sound would wait behind it.
 *
 * <p>Everything that is sent takes its time; only pictures and repetitions are asked to wait.
 *
 * <p><b>Threads:</b> guarded by its owner.
 */
final class Pace {
  /** What may go at once: timers are no finer, and a line takes two packets at a time. */
  static final long BURST_NANOS = 5_000_000;

  /** Sound may take more than the line seems to carry: pictures do not wait for ever for that. */
  static final long LONGEST_NANOS = 500_000_000;

  private static final double BITS_PER_BYTE = 8;
  private static final double NANOS_PER_SECOND = 1e9;

  private long bitsPerSecond = SendBandwidth.UNLIMITED;
  private long freeNanos;

  /** The line carries so much from now on, {@link SendBandwidth#UNLIMITED} when nobody waits. */
  void line(long bits, long nowNanos) {
    if (bitsPerSecond == SendBandwidth.UNLIMITED) {
      freeNanos = nowNanos;
    }
    bitsPerSecond = bits;
  }

  /** Notes what was sent, headers included. */
  void sent(int bytes, long nowNanos) {
    if (bitsPerSecond != SendBandwidth.UNLIMITED) {
      final long takes = Math.round(bytes * BITS_PER_BYTE * NANOS_PER_SECOND / bitsPerSecond);
      final long busy = Math.max(0, freeNanos - nowNanos) + takes;
      freeNanos = nowNanos + Math.min(busy, LONGEST_NANOS);
    }
  }

  /** How long the next picture is to wait; 0 when it may go. */
  long waitNanos(long nowNanos) {
    return bitsPerSecond == SendBandwidth.UNLIMITED
        ? 0
        : Math.max(0, freeNanos - nowNanos - BURST_NANOS);
  }
}
