package heyi.server.boot;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;

/** Lets the main thread of a verb wait for a future. Never used on an event loop. */
final class Waiting {
  private Waiting() {}

  /** The future's value; throws what it failed with. */
  static <T> T on(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
