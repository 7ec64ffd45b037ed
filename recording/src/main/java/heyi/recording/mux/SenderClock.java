package heyi.recording.mux;

import java.util.Map;
import java.util.TreeMap;

/**
 * Maps the clock of one sender to the session clock. All streams of a sender share it, so its
 * microphone and camera stay in step whatever the network does.
 *
 * <p>A report travels for an unknown, changing time; the one that travelled least in each minute is
 * the best witness. Between minutes the difference is interpolated, which follows the drift of the
 * sender's quartz.
 */
final class SenderClock {
  private static final long WINDOW_NANOS = 60_000_000_000L;

  /** Least difference of session clock and sender's clock per window, by the sender's clock. */
  private final TreeMap<Long, Witness> windows = new TreeMap<>();

  private record Witness(long ntpNanos, long difference) {}

  /** A report with the sender's time arrived. */
  void report(long ntpNanos, long arrivalSessionNanos) {
    Witness witness = new Witness(ntpNanos, arrivalSessionNanos - ntpNanos);
    windows.merge(
        Math.floorDiv(ntpNanos, WINDOW_NANOS),
        witness,
        (a, b) -> a.difference() <= b.difference() ? a : b);
  }

  boolean known() {
    return !windows.isEmpty();
  }

  /** Session clock at a time of the sender's clock. Needs at least one report. */
  long sessionNanos(long ntpNanos) {
    long window = Math.floorDiv(ntpNanos, WINDOW_NANOS);
    Map.Entry<Long, Witness> here = windows.floorEntry(window);
    if (here == null) {
      return ntpNanos + windows.firstEntry().getValue().difference();
    }
    Witness a = here.getValue();
    Map.Entry<Long, Witness> next =
        a.ntpNanos() <= ntpNanos
            ? windows.higherEntry(here.getKey())
            : windows.lowerEntry(here.getKey());
    if (next == null) {
      return ntpNanos + a.difference();
    }
    Witness b = next.getValue();
    double part = (ntpNanos - a.ntpNanos()) / (double) (b.ntpNanos() - a.ntpNanos());
    return ntpNanos + a.difference() + Math.round(part * (b.difference() - a.difference()));
  }
}
