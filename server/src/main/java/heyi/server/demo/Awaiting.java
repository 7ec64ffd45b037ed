package heyi.server.demo;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets the main thread of a verb wait for what it asked for, never longer than it should take. */
public final class Awaiting {
  private Awaiting() {}

  /** The future's value; fails with the name of what was waited for. */
  public static <T> T get(String what, Duration within, Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new PlayFailedException(what + " failed: " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new PlayFailedException(
          what + " did not happen within " + within.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlayFailedException(what + " was interrupted", e);
    }
  }
}
