package heyi.recording.capture;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices when a sender's own capture stood still: its timestamps go on without a break, but more
 * time has passed than they say, and what was said meanwhile was never sent.
 *
 * <p>The least delay (arrival minus timestamp) of a window is compared with that of the window
 * before. A slow network lifts the delay of many packets, but hardly of every one for so long;
 * drift of the sender's quartz is a thousand times smaller.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class StallMeter {
  /** Longer than networks hold every packet back. */
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  /** A word is lost; shorter jumps are jitter buffers and drivers. */
  private static final long LEAST_NANOS = Duration.ofSeconds(1).toNanos();

  /** A larger jump is a new random timestamp. */
  private static final long MOST_NANOS = Duration.ofMinutes(10).toNanos();

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NONE = Long.MIN_VALUE;

  private final int rate;
  private int lastTimestamp;
  private long unwrapped;
  private long lastArrival = NONE;
  private long windowStart;
  private long before = NONE;
  private long least = Long.MAX_VALUE;
  private Pause longest = Pause.NONE;
  private Pause longestBefore = Pause.NONE;
  private @Nullable Stall found;

  /**
   * A stall.
   *
   * @param fromNanos last packet before the longest pause around it
   * @param toNanos first packet after that pause
   * @param missingNanos how much time the timestamps do not know of
   */
  record Stall(long fromNanos, long toNanos, long missingNanos) {}

  /** Between two packets. */
  private record Pause(long fromNanos, long toNanos) {
    static final Pause NONE = new Pause(0, 0);

    Pause or(Pause other) {
      return other.toNanos - other.fromNanos > toNanos - fromNanos ? other : this;
    }
  }

  /**
   * For one stream.
   *
   * @param rate ticks per second of its clock
   */
  StallMeter(int rate) {
    this.rate = rate;
  }

  void packet(int timestamp, long arrivalNanos) {
    if (lastArrival == NONE) {
      windowStart = arrivalNanos;
    } else {
      unwrapped += timestamp - lastTimestamp;
      longest = longest.or(new Pause(lastArrival, arrivalNanos));
    }
    lastTimestamp = timestamp;
    lastArrival = arrivalNanos;
    if (arrivalNanos - windowStart >= WINDOW_NANOS) {
      closeWindow(arrivalNanos);
    }
    long delay = arrivalNanos - Math.round(unwrapped * (NANOS_PER_SECOND / rate));
    least = Math.min(least, delay);
  }

  /** The stall that was found since the last call; null when there was none. */
  @Nullable Stall take() {
    Stall taken = found;
    found = null;
    return taken;
  }

  /** A window in which hardly anything came says nothing: the pause may still go on. */
  private void closeWindow(long arrivalNanos) {
    if (least != Long.MAX_VALUE) {
      long missing = before == NONE ? 0 : least - before;
      if (missing >= LEAST_NANOS && missing <= MOST_NANOS) {
        Pause pause = longest.or(longestBefore);
        found = new Stall(pause.fromNanos(), pause.toNanos(), missing);
      }
      before = least;
    }
    least = Long.MAX_VALUE;
    longestBefore = longest;
    longest = Pause.NONE;
    windowStart = arrivalNanos;
  }
}
