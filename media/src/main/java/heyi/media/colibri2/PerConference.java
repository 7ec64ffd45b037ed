package heyi.media.colibri2;

import heyi.media.ConferenceId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one call per conference run at a time, in the order of the calls.
 *
 * <p><b>Threads:</b> any; the lock covers the map only, never a call. <b>Bounds:</b> {@value
 * #MAX_WAITING} calls wait per conference, further ones fail.
 */
final class PerConference {
  static final int MAX_WAITING = 256;

  private final Map<ConferenceId, Queue<Runnable>> waiting = new HashMap<>();

  <T> Future<T> next(ConferenceId conference, Supplier<Future<T>> call) {
    Promise<T> promise = Promise.promise();
    Runnable run =
        () ->
            start(call)
                .onComplete(
                    result -> {
                      finished(conference);
                      promise.handle(result);
                    });
    boolean now = false;
    synchronized (waiting) {
      Queue<Runnable> queue = waiting.get(conference);
      if (queue == null) {
        waiting.put(conference, new ArrayDeque<>());
        now = true;
      } else if (queue.size() >= MAX_WAITING) {
        return Future.failedFuture(
            new IllegalStateException("over " + MAX_WAITING + " calls wait for one conference"));
      } else {
        queue.add(run);
      }
    }
    if (now) {
      run.run();
    }
    return promise.future();
  }

  private static <T> Future<T> start(Supplier<Future<T>> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void finished(ConferenceId conference) {
    @Nullable Runnable next;
    synchronized (waiting) {
      Queue<Runnable> queue = waiting.get(conference);
      next = queue == null ? null : queue.poll();
      if (next == null) {
        waiting.remove(conference);
      }
    }
    if (next != null) {
      next.run();
    }
  }
}
