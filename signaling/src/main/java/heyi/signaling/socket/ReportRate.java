package heyi.signaling.socket;

import heyi.signaling.room.SeatId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Lets each seat report its quality now and then only. Bounded by the seats of the room. */
final class ReportRate {
  /** Pages report every five seconds; a late one and the next may come close together. */
  static final Duration LEAST = Duration.ofSeconds(2);

  private final Map<SeatId, Instant> last = new HashMap<>();

  boolean takes(SeatId seat, Instant now) {
    var before = last.get(seat);
    if (before != null && now.isBefore(before.plus(LEAST))) {
      return false;
    }
    last.put(seat, now);
    return true;
  }
}
