package heyi.media.endpoint;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one timer of all endpoints of the process: 20 ms is fine enough for NACKs, and a thread per
 * endpoint would cost more than the media of a quiet room.
 */
final class EndpointTicker {
  static final int PERIOD_MILLIS = 20;

  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private EndpointTicker() {}

  private static ScheduledThreadPoolExecutor timer() {
    final ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("media-tick").unstarted(task));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** Calls {@code task}, which must neither block nor throw, until it is cancelled. */
  static ScheduledFuture<?> every20Millis(Runnable task) {
    return TIMER.scheduleWithFixedDelay(task, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }
}
