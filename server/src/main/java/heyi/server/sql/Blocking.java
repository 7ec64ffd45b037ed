package heyi.server.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The one door out of the event loops: work that waits (SQL, files, PDF, hashing) runs here on
 * virtual threads.
 *
 * <p><b>Threads</b>: callable from any; the future completes on the caller's Vert.x context.
 * <b>Bounds</b>: at most {@code limit} pieces of work exist at once; the next one is refused with
 * {@link Overloaded} and was not started.
 */
public final class Blocking implements AutoCloseable {
  private final Vertx vertx;
  private final Semaphore free;
  private final ExecutorService threads;

  /** Creates the port; {@code limit} counts running and waiting work. */
  public Blocking(Vertx vertx, int limit) {
    this.vertx = vertx;
    this.free = new Semaphore(limit);
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("blocking-", 0).factory());
  }

  /** Runs the work and hands its result, or what it threw, to the caller's context. */
  public <T> Future<T> call(Callable<T> work) {
    if (!free.tryAcquire()) {
      return Future.failedFuture(new Overloaded());
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    Future<T> future = Future.fromCompletionStage(result, vertx.getOrCreateContext());
    threads.execute(() -> run(work, result));
    return future;
  }

  /** Completes on the caller's context after this time; no place is taken meanwhile. */
  public Future<Void> rest(Duration time) {
    return vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }

  private <T> void run(Callable<T> work, CompletableFuture<T> result) {
    try {
      T value = work.call();
      free.release();
      result.complete(value);
    } catch (Exception | LinkageError e) {
      free.release();
      result.completeExceptionally(e);
    }
  }

  /** Waits for the work that runs. */
  @Override
  public void close() {
    threads.close();
  }

  /**
   * Too much work is waiting already: nothing was started, trying again a little later is right.
   */
  public static final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overloaded() {
      super("too much work is waiting");
    }
  }
}
