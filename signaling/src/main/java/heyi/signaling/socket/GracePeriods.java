package heyi.signaling.socket;

import heyi.signaling.room.SeatId;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long the media of dropped participants is still kept for them.
 *
 * <p><b>Threads:</b> the room's context, on which the timers fire too.
 */
final class GracePeriods {
  private final Vertx vertx;
  private final Duration grace;
  private final Consumer<SeatId> over;
  private final Map<SeatId, Long> timers = new HashMap<>();

  GracePeriods(Vertx vertx, Duration grace, Consumer<SeatId> over) {
    this.vertx = vertx;
    this.grace = grace;
    this.over = over;
  }

  void start(SeatId seat) {
    cancel(seat);
    timers.put(
        seat,
        vertx.setTimer(
            grace.toMillis(),
            ignored -> {
              timers.remove(seat);
              over.accept(seat);
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
