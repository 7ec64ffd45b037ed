package heyi.recording.session;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Does what waits (disk, object store, processes) on virtual threads and gives the result back on a
 * Vert.x context.
 *
 * <p><b>Threads:</b> any.
 */
final class BlockingTasks implements AutoCloseable {
  /** Two seconds of chunk work and a burst of events; more means that the disk does not answer. */
  private static final int LANE_QUEUE = 4096;

  private final ExecutorService executor;

  private BlockingTasks(ExecutorService executor) {
    this.executor = executor;
  }

  /**
   * One after the other. <b>Bounds:</b> {@value #LANE_QUEUE} waiting tasks; <b>overflow rule:</b>
   * more are refused with a failed future.
   */
  static BlockingTasks lane(String name) {
    return new BlockingTasks(
        new ThreadPoolExecutor(
            1,
            1,
            Duration.ZERO.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LANE_QUEUE),
            Thread.ofVirtual().name(name).factory()));
  }

  /** Each on a thread of its own; callers bound how many. */
  static BlockingTasks parallel() {
    return new BlockingTasks(Executors.newVirtualThreadPerTaskExecutor());
  }

  /** Runs a task; its result arrives on the context. */
  <T> Future<T> run(Context context, Callable<T> task) {
    Promise<T> promise = Promise.promise();
    try {
      executor.execute(
          () -> {
            try {
              T result = task.call();
              context.runOnContext(go -> promise.complete(result));
            } catch (Exception e) {
              context.runOnContext(go -> promise.fail(e));
            }
          });
    } catch (RejectedExecutionException e) {
      return Future.failedFuture(new RecordingException("too much waits for the disk", e));
    }
    return promise.future();
  }

  ExecutorService executor() {
    return executor;
  }

  /** Takes no more tasks; those that wait are still done. */
  @Override
  public void close() {
    executor.shutdown();
  }
}
