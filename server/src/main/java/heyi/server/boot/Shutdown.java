package heyi.server.boot;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, to be stopped in reverse order; one part's failure does not keep the others.
 */
final class Shutdown {
  private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

  private record Part(String name, Supplier<Future<Void>> stop) {}

  private final Deque<Part> parts = new ArrayDeque<>();

  /** Adds a part that has just started. */
  synchronized void add(String name, Supplier<Future<Void>> stop) {
    parts.push(new Part(name, stop));
  }

  /** Stops everything, last started first. */
  Future<Void> run() {
    Part part;
    synchronized (this) {
      part = parts.poll();
    }
    if (part == null) {
      return Future.succeededFuture();
    }
    return stop(part)
        .recover(
            failure -> {
              log.warn("part did not stop cleanly part={}", part.name(), failure);
              return Future.succeededFuture();
            })
        .compose(_ -> run());
  }

  private static Future<Void> stop(Part part) {
    try {
      return part.stop().get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
