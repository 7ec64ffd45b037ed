package heyi.media.rtcp;

import java.time.Instant;

/**
 * Wall-clock time as sender reports carry it: seconds since 1900 and a 32-bit fraction (RFC 3550
 * §4).
 *
 * @param bits seconds in the upper, fraction in the lower 32 bits
 */
public record NtpTimestamp(long bits) {
  /** Seconds from 1900-01-01 to 1970-01-01. */
  private static final long UNIX_EPOCH_IN_NTP = 2_208_988_800L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Converts an instant of the current NTP era (until 2036). */
  public static NtpTimestamp of(Instant instant) {
    final long seconds = instant.getEpochSecond() + UNIX_EPOCH_IN_NTP;
    final long fraction = ((long) instant.getNano() << 32) / NANOS_PER_SECOND;
    return new NtpTimestamp(seconds << 32 | fraction);
  }

  /** The instant, to the nanosecond. */
  public Instant toInstant() {
    final long seconds = (bits >>> 32) - UNIX_EPOCH_IN_NTP;
    final long nanos = ((bits & 0xFFFF_FFFFL) * NANOS_PER_SECOND + (1L << 31)) >>> 32;
    return Instant.ofEpochSecond(seconds, nanos);
  }

  /** The middle 32 bits, by which receiver reports refer to a sender report. */
  public long middle() {
    return bits >>> 16 & 0xFFFF_FFFFL;
  }
}
