package heyi.server.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does work in the database again and again while the database is away; what the database refuses
 * for another reason fails at once.
 *
 * <p><b>Threads:</b> any. <b>Bounds:</b> the caller bounds how much waits; nothing here gives up,
 * for a session's course has no other place in the index.
 */
public final class PatientDatabase {
  /** An embedded database that was killed is back after two or three seconds. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** SQLSTATE classes: connection, insufficient resources, operator intervention. */
  private static final Set<String> AWAY = Set.of("08", "53", "57");

  private static final Logger log = LoggerFactory.getLogger(PatientDatabase.class);

  private final Vertx vertx;
  private final Blocking blocking;

  /** Waits on this Vert.x, works on this port. */
  public PatientDatabase(Vertx vertx, Blocking blocking) {
    this.vertx = vertx;
    this.blocking = blocking;
  }

  /** The result, as soon as the database gives it. */
  public <T> Future<T> call(String what, Callable<T> work) {
    return blocking
        .call(work)
        .recover(
            failure -> {
              if (!isAway(failure)) {
                return Future.failedFuture(failure);
              }
              log.warn("the database is away, waiting with {}: {}", what, failure.toString());
              return vertx
                  .timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                  .compose(_ -> call(what, work));
            });
  }

  private static boolean isAway(Throwable failure) {
    if (failure instanceof Blocking.Overloaded) {
      return true;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientException
          || (cause instanceof SQLException sql && isAway(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAway(@Nullable String state) {
    return state != null && state.length() >= 2 && AWAY.contains(state.substring(0, 2));
  }
}
