package heyi.media;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * For those who measure how long something takes: it shows the wall clock's time when it was made,
 * and goes on evenly from there. Whoever sets the wall clock of a machine must not make everybody's
 * connection look dead, or a limit last for hours.
 *
 * <p><b>Threads:</b> any.
 */
public final class SteadyClock implements InstantSource {
  private final Instant start;
  private final long startNanos;
  private final LongSupplier nanoClock;

  /**
   * Starts.
   *
   * @param start what it shows now
   * @param nanoClock a clock that nobody sets
   */
  public SteadyClock(Instant start, LongSupplier nanoClock) {
    this.start = start;
    this.startNanos = nanoClock.getAsLong();
    this.nanoClock = nanoClock;
  }

  /** One that shows the same as this wall clock, until somebody sets that one. */
  public static SteadyClock from(InstantSource wall) {
    return new SteadyClock(wall.instant(), System::nanoTime);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanoClock.getAsLong() - startNanos);
  }
}
