package heyi.server.bench;

import java.time.Duration;
import java.util.List;

/** Order statistics of measured durations. */
record Quantiles(List<Duration> sorted) {

  /** Sorts; at least one value. */
  Quantiles {
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    sorted = sorted.stream().sorted().toList();
  }

  /** The smallest measured value that at least the given share of all values does not exceed. */
  Duration at(double share) {
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  double seconds(double share) {
    return at(share).toNanos() / 1e9;
  }
}
