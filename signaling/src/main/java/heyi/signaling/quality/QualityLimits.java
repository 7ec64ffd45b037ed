package heyi.signaling.quality;

import heyi.signaling.quality.SourceQuality.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often pages may report, and from where on a network is called fair or poor.
 *
 * @param reportEvery reports of one seat that follow each other faster are refused
 * @param fair a path that exceeds any number of it is at best fair
 * @param poor a path that exceeds any number of it is poor; nowhere below {@code fair}
 */
public record QualityLimits(Duration reportEvery, Path fair, Path poor) {
  /**
   * Pages report every five seconds; a late one and the next may come close together. A talk is
   * tiring above 250 ms there and back (ITU-T G.114 for delay, half of it in each direction); above
   * 10 % Opus cannot hide what is lost.
   */
  public static final QualityLimits DEFAULT =
      new QualityLimits(Duration.ofSeconds(2), new Path(250, 50, 30), new Path(500, 100, 100));

  /** Checks that the interval is positive, and poor no better than fair. */
  public QualityLimits {
    if (!reportEvery.isPositive()) {
      throw new IllegalArgumentException("reportEvery must be positive but is " + reportEvery);
    }
    if (exceeds(fair, poor)) {
      throw new IllegalArgumentException("poor " + poor + " must not be below fair " + fair);
    }
  }

  QualityLevel level(Path path) {
    if (exceeds(path, poor)) {
      return QualityLevel.POOR;
    }
    return exceeds(path, fair) ? QualityLevel.FAIR : QualityLevel.GOOD;
  }

  private static boolean exceeds(Path path, Path limit) {
    return above(path.rttMillis(), limit.rttMillis())
        || above(path.jitterMillis(), limit.jitterMillis())
        || above(path.lossPermille(), limit.lossPermille());
  }

  private static boolean above(@Nullable Integer value, @Nullable Integer limit) {
    return value != null && limit != null && value > limit;
  }
}
