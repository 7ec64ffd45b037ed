package heyi.recording.capture;

import java.time.Duration;

/**
 * When one sender is asked for a keyframe: at first, then again and again, so that a seek in the
 * recording need not decode much, and when something was lost for good.
 *
 * <p>A sender on a narrow line is asked less often: there a keyframe is what half a second of
 * everything else takes, and the picture gets worse for it.
 *
 * <p><b>Threads:</b> one context.
 */
public final class KeyframeDemand {
  /**
   * A seek decodes everything since the last keyframe. Chromium decodes all tracks of a page on one
   * thread, 1.4 ms a picture of 640×360 on the measured machine: three cameras with keyframes ten
   * seconds apart are half a second of decoding for one seek.
   */
  public static final Duration INTERVAL = Duration.ofSeconds(3);

  /** Bits a second. Of a camera that sends less a keyframe takes what its other pictures need. */
  public static final int WIDE_BITS = 300_000;

  static final Duration MIDDLE_INTERVAL = Duration.ofSeconds(4);

  /** Bits a second. A camera of 640×360 that sends less is short of them, or hardly moves. */
  static final int NARROW_BITS = 150_000;

  static final Duration NARROW_INTERVAL = Duration.ofSeconds(10);

  /** Repetitions of what was lost on the way have come by then. */
  static final Duration REPAIR = Duration.ofSeconds(1);

  private static final double BITS_PER_BYTE = 8;
  private static final double NANOS_PER_SECOND = 1e9;

  private final long aheadNanos;
  private boolean asked;
  private long askedNanos;
  private long periodNanos;
  private long askedBytes;
  private long known;
  private long leastMissing;
  private long leastSinceNanos;

  /**
   * Of one sender.
   *
   * @param ahead how much sooner the second keyframe is asked for, as a part of {@link #INTERVAL}
   */
  KeyframeDemand(double ahead) {
    this.aheadNanos = Math.round(ahead * INTERVAL.toNanos());
  }

  /** Whether to ask now; it counts as asked. */
  boolean due(StreamActivity.Snapshot now, long nowNanos) {
    if (now.packets() == 0) {
      return false;
    }
    final boolean lost = lostForGood(now.missing(), nowNanos);
    final boolean due = !asked || lost || nowNanos - periodNanos >= interval(now, nowNanos);
    if (due) {
      periodNanos = asked ? nowNanos : nowNanos - aheadNanos;
      asked = true;
      askedNanos = nowNanos;
      askedBytes = now.bytes();
    }
    return due;
  }

  private long interval(StreamActivity.Snapshot now, long nowNanos) {
    final double seconds = (nowNanos - askedNanos) / NANOS_PER_SECOND;
    final double bits = (now.bytes() - askedBytes) * BITS_PER_BYTE;
    if (bits < NARROW_BITS * seconds) {
      return NARROW_INTERVAL.toNanos();
    }
    return (bits < WIDE_BITS * seconds ? MIDDLE_INTERVAL : INTERVAL).toNanos();
  }

  /** Something is missing that was not repaired within {@link #REPAIR}. */
  private boolean lostForGood(long missing, long nowNanos) {
    if (leastSinceNanos == 0) {
      leastSinceNanos = nowNanos;
      leastMissing = missing;
    }
    leastMissing = Math.min(leastMissing, missing);
    if (nowNanos - leastSinceNanos < REPAIR.toNanos()) {
      return false;
    }
    final boolean more = leastMissing > known;
    known = leastMissing;
    leastMissing = missing;
    leastSinceNanos = nowNanos;
    return more;
  }
}
