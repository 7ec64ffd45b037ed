package heyi.media.pool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How bridges are watched and weighed.
 *
 * @param checkInterval between two checks of a bridge
 * @param checkTimeout a check that is not answered by then has failed
 * @param failedChecks so many in a row put a bridge out
 * @param goodChecks so many in a row bring it back
 * @param warmUpRetry from a warm-up that failed to the next one
 * @param region bridges that stand there are preferred; null when it does not matter
 */
public record PoolOptions(
    Duration checkInterval,
    Duration checkTimeout,
    int failedChecks,
    int goodChecks,
    Duration warmUpRetry,
    @Nullable String region) {
  /**
   * Two seconds and three failures find a bridge that fell silent within six; one that dies breaks
   * its channels and is found at once. Two good answers let a restarting bridge settle.
   */
  public static final PoolOptions DEFAULT =
      new PoolOptions(
          Duration.ofSeconds(2), Duration.ofSeconds(2), 3, 2, Duration.ofSeconds(30), null);

  /** Checks that all are positive. */
  public PoolOptions {
    if (checkInterval.toMillis() < 1 || checkTimeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "check interval and timeout must be positive: " + checkInterval + ", " + checkTimeout);
    }
    if (warmUpRetry.toMillis() < 1) {
      throw new IllegalArgumentException("time to the next warm-up must be positive");
    }
    if (failedChecks < 1 || goodChecks < 1) {
      throw new IllegalArgumentException(
          "numbers of checks must be positive: " + failedChecks + ", " + goodChecks);
    }
  }
}
