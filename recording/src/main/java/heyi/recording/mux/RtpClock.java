package heyi.recording.mux;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Maps the media clock of one stream to the clock of its sender: straight lines through the sender
 * reports, the nominal rate before the first and after the last.
 *
 * <p>Where two neighbouring reports contradict the nominal rate by more than {@value #MAX_SKEW},
 * the media clock has jumped between them; then each report holds for its own side.
 */
final class RtpClock {
  /** Quartz is within 0.01 %, reports jitter by milliseconds over seconds: 2 % is a jump. */
  private static final double MAX_SKEW = 0.02;

  /** Reports closer together than this say nothing about the rate. */
  private static final double MIN_SPAN_SECONDS = 0.2;

  private static final double NANOS_PER_SECOND = 1e9;

  private final int rate;
  private final TreeMap<Long, Long> ntpNanosByTimestamp = new TreeMap<>();

  /** A media clock of so many ticks per second. */
  RtpClock(int rate) {
    this.rate = rate;
  }

  /** Adds what a sender report says. */
  void report(long timestamp, long ntpNanos) {
    ntpNanosByTimestamp.put(timestamp, ntpNanos);
  }

  boolean known() {
    return !ntpNanosByTimestamp.isEmpty();
  }

  /** The reports, to be kept as data. */
  List<Map.Entry<Long, Long>> reports() {
    return new ArrayList<>(ntpNanosByTimestamp.entrySet());
  }

  /** Sender's clock when the media clock showed the timestamp. Needs at least one report. */
  long ntpNanos(long timestamp) {
    Map.Entry<Long, Long> before = ntpNanosByTimestamp.floorEntry(timestamp);
    Map.Entry<Long, Long> after = ntpNanosByTimestamp.ceilingEntry(timestamp);
    if (before == null && after == null) {
      throw new IllegalStateException("no sender report");
    }
    if (before == null) {
      return extrapolate(after, timestamp);
    }
    if (after == null || after.getKey().equals(before.getKey())) {
      return extrapolate(before, timestamp);
    }
    double span = (after.getKey() - before.getKey()) / (double) rate;
    double senderSpan = (after.getValue() - before.getValue()) / NANOS_PER_SECOND;
    if (span < MIN_SPAN_SECONDS || Math.abs(senderSpan - span) > MAX_SKEW * span) {
      return extrapolate(before, timestamp);
    }
    double part = (timestamp - before.getKey()) / (double) (after.getKey() - before.getKey());
    return before.getValue() + Math.round(part * (after.getValue() - before.getValue()));
  }

  private long extrapolate(Map.Entry<Long, Long> report, long timestamp) {
    return report.getValue()
        + Math.round((timestamp - report.getKey()) * (NANOS_PER_SECOND / rate));
  }
}
