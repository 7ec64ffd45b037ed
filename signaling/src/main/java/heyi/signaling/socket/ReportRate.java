package heyi.signaling.socket;

import heyi.signaling.room.SeatId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Lets each seat report its quality now and then only. Bounded by the seats of the room. */
final class ReportRate {
  private final Duration least;
  private final Map<SeatId, Instant> last = new HashMap<>();

  ReportRate(Duration least) {
    this.least = least;
  }

  boolean takes(SeatId seat, Instant now) {
    var before = last.get(seat);
    boolean setBack = before != null && now.isBefore(before);
    if (before != null && !setBack && now.isBefore(before.plus(least))) {
      return false;
    }
    last.put(seat, now);
    return true;
  }
}
