package heyi.server.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * So many tries per minute and caller, refilled evenly (token bucket).
 *
 * <p><b>Threads</b>: any; holds its lock for no I/O. <b>Bounds</b>: remembers the last 10,000
 * callers; an attacker with more addresses makes the oldest forgotten, never the memory grow.
 */
public final class RateLimit {
  private static final int MAX_CALLERS = 10_000;
  private static final double NANOS_PER_MINUTE = 60e9;

  private final InstantSource clock;
  private final int perMinute;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MAX_CALLERS;
        }
      };

  private record Bucket(double left, Instant at) {}

  /** Allows {@code perMinute} tries in a burst and as many per minute after. */
  public RateLimit(InstantSource clock, int perMinute) {
    this.clock = clock;
    this.perMinute = perMinute;
  }

  /** Counts a try; throws 429 when the caller has none left. */
  public void spend(String caller) {
    Instant now = clock.instant();
    synchronized (buckets) {
      Bucket before = buckets.getOrDefault(caller, new Bucket(perMinute, now));
      double refilled = Duration.between(before.at(), now).toNanos() * perMinute / NANOS_PER_MINUTE;
      double left = Math.min(perMinute, before.left() + refilled);
      if (left < 1) {
        throw Problem.tooMany(Duration.ofSeconds(Math.max(1, 60 / perMinute)));
      }
      buckets.put(caller, new Bucket(left - 1, now));
    }
  }
}
