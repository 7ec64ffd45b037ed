package heyi.server.session;

import io.vertx.core.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries pieces of asynchronous work out one after the other, in the order in which they came.
 *
 * <p>A piece that fails is logged and does not keep the next one from running. <b>Threads</b>: any.
 * <b>Bounds</b>: at most {@value #MAX_WAITING} pieces wait; more are refused and logged, which
 * means that something far behind is stuck.
 */
final class Lane {
  static final int MAX_WAITING = 10_000;

  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private final String name;
  private Future<Void> tail = Future.succeededFuture();
  private int waiting;

  Lane(String name) {
    this.name = name;
  }

  /** Adds a piece; the future ends with it and never fails. */
  synchronized Future<Void> then(String what, Supplier<Future<Void>> work) {
    if (waiting >= MAX_WAITING) {
      log.error("event lost, too many wait session={} event={}", name, what);
      return Future.succeededFuture();
    }
    waiting++;
    tail = tail.compose(_ -> run(what, work)).onComplete(_ -> finished());
    return tail;
  }

  private Future<Void> run(String what, Supplier<Future<Void>> work) {
    Future<Void> done;
    try {
      done = work.get();
    } catch (RuntimeException e) {
      done = Future.failedFuture(e);
    }
    return done.recover(
        failure -> {
          log.warn("event not carried out session={} event={}", name, what, failure);
          return Future.succeededFuture();
        });
  }

  private synchronized void finished() {
    waiting--;
  }
}
