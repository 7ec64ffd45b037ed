package heyi.recording.retention;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;

/**
 * How long evidence is kept after its session: 保管期限.
 *
 * <p>Years, months and days end with the last day, as periods of the law do (民法典 art. 201–203: the
 * first day is not counted, the last one counts to midnight). A period in hours, minutes or seconds
 * ends to the second.
 *
 * @param amount a {@link Period} or a {@link Duration}, not negative
 * @param zone whose midnights count
 */
public record RetentionPeriod(TemporalAmount amount, ZoneId zone) {
  /** Checks the amount. */
  public RetentionPeriod {
    boolean usable =
        switch (amount) {
          case Period period -> !period.isNegative();
          case Duration duration -> !duration.isNegative();
          default -> false;
        };
    if (!usable) {
      throw new IllegalArgumentException("not a period that something can be kept for: " + amount);
    }
  }

  /**
   * Reads ISO 8601, as {@code P30Y} or {@code PT1H}.
   *
   * @throws DateTimeException when it is neither
   */
  public static RetentionPeriod parse(String text, ZoneId zone) {
    boolean days = text.startsWith("P") && !text.contains("T");
    TemporalAmount amount = days ? Period.parse(text) : Duration.parse(text);
    try {
      return new RetentionPeriod(amount, zone);
    } catch (IllegalArgumentException e) {
      throw new DateTimeException(e.getMessage(), e);
    }
  }

  /** The first moment at which something of this moment need not be kept any more. */
  public Instant until(Instant from) {
    return switch (amount) {
      case Duration duration -> from.plus(duration);
      default ->
          from.atZone(zone).toLocalDate().plus(amount).plusDays(1).atStartOfDay(zone).toInstant();
    };
  }

  @Override
  public String toString() {
    return amount.toString();
  }
}
