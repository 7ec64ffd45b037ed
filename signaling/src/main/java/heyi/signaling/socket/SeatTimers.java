package heyi.signaling.socket;

import heyi.signaling.room.SeatId;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * At most one running timer a seat, all of the same length.
 *
 * <p><b>Threads:</b> the room's context, on which the timers fire too.
 */
final class SeatTimers {
  private final Vertx vertx;
  private final Duration length;
  private final Consumer<SeatId> over;
  private final Map<SeatId, Long> timers = new HashMap<>();

  SeatTimers(Vertx vertx, Duration length, Consumer<SeatId> over) {
    this.vertx = vertx;
    this.length = length;
    this.over = over;
  }

  /** Starts the seat's timer; one that runs already goes on. */
  void start(SeatId seat) {
    timers.computeIfAbsent(
        seat,
        key ->
            vertx.setTimer(
                length.toMillis(),
                ignored -> {
                  timers.remove(key);
                  over.accept(key);
                }));
  }

  void cancel(SeatId seat) {
    var timer = timers.remove(seat);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  void cancelAll() {
    timers.values().forEach(vertx::cancelTimer);
    timers.clear();
  }
}
