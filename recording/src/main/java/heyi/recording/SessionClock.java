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

  /**
   * What both clocks showed at one moment.
   *
   * @param wall the wall clock, as it was set then
   * @param offset the session clock
   */
  public record Reading(Instant wall, Duration offset) {
    /** The session clock at a later moment; never less than it was, wherever the wall clock is. */
    public Duration offsetAt(Instant now) {
      Duration passed = Duration.between(wall, now);
      return passed.isNegative() ? offset : offset.plus(passed);
    }

    /** The same when the session clock had shown that by then. */
    public Reading notBefore(Duration shown) {
      return shown.compareTo(offset) > 0 ? new Reading(wall, shown) : this;
    }

    /** How far the wall clock was ahead of a session clock that started then. */
    public Duration ahead(Instant start) {
      return Duration.between(start.plus(offset), wall);
    }
  }

  /** Starts now; the start is cut to milliseconds, as documents show it. */
  public static SessionClock startingAt(Instant now, LongSupplier nanoClock) {
    return new SessionClock(now.truncatedTo(ChronoUnit.MILLIS), nanoClock.getAsLong(), nanoClock);
  }

  /**
   * Goes on with the clock of a recording whose server was killed. The wall clock says how much
   * time has passed since something was last written, but it may have been set back meanwhile: the
   * session clock never runs backwards.
   *
   * @param start wall clock time of zero
   * @param last what both clocks showed when something was last written
   * @param now wall clock time
   */
  public static SessionClock goingOn(
      Instant start, Reading last, Instant now, LongSupplier nanoClock) {
    Duration offset = last.offsetAt(now);
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
