package heyi.recording;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The one clock of a recording: monotonic nanoseconds since its start, and the wall clock time of
 * that start. A step of the wall clock while recording changes nothing.
 *
 * @param start wall clock time of zero
 * @param startNanos reading of the monotonic clock at zero
 * @param nanoClock the monotonic clock, the same that packets are timed with
 */
public record SessionClock(Instant start, long startNanos, LongSupplier nanoClock) {
  private static final long NANOS_PER_MICRO = 1000;

  /** Starts now; the start is cut to milliseconds, as documents show it. */
  public static SessionClock startingAt(Instant now, LongSupplier nanoClock) {
    return new SessionClock(now.truncatedTo(ChronoUnit.MILLIS), nanoClock.getAsLong(), nanoClock);
  }

  /**
   * Goes on with the clock of a recording whose server was killed. The wall clock says how much
   * time has passed, but it may have been set back meanwhile: the session clock never runs
   * backwards.
   *
   * @param start wall clock time of zero
   * @param now wall clock time
   * @param last what the session clock showed last
   */
  public static SessionClock goingOn(
      Instant start, Instant now, Duration last, LongSupplier nanoClock) {
    Duration passed = Duration.between(start, now);
    Duration offset = passed.compareTo(last) > 0 ? passed : last;
    return new SessionClock(start, nanoClock.getAsLong() - offset.toNanos(), nanoClock);
  }

  /** Nanoseconds since the start. */
  public long now() {
    return sessionNanos(nanoClock.getAsLong());
  }

  /** Time since the start. */
  public Duration offset() {
    return Duration.ofNanos(now());
  }

  /** A reading of the monotonic clock as nanoseconds since the start. */
  public long sessionNanos(long nanoClockReading) {
    return nanoClockReading - startNanos;
  }

  /** A time on this clock as microseconds since 1970. */
  public long wallMicros(long sessionNanos) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, start) + sessionNanos / NANOS_PER_MICRO;
  }
}
