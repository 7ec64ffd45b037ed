package heyi.server.quality;

import heyi.server.sql.Blocking;
import heyi.signaling.socket.SeatQuality;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes reports from the rooms and writes them in batches: a room never waits for the database.
 *
 * <p><b>Threads:</b> {@link #accept} any; it does not block.
 *
 * <p><b>Bounds:</b> {@value #MAX_WAITING} reports wait; while the database does not keep up a
 * further one is dropped, which is logged. What a batch loses through a fault stays lost: quality
 * is no evidence.
 */
public final class QualityLog {
  private static final Logger log = LoggerFactory.getLogger(QualityLog.class);

  /** A thousand people for ten seconds. */
  private static final int MAX_WAITING = 2_000;

  private static final int MAX_BATCH = 500;
  private static final Duration FLUSH_EVERY = Duration.ofSeconds(2);

  private final QualityStore store;
  private final Blocking blocking;
  private final BlockingQueue<QualityRow> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicBoolean writing = new AtomicBoolean();

  /** Writes to the store. */
  public QualityLog(QualityStore store, Blocking blocking) {
    this.store = store;
    this.blocking = blocking;
  }

  /** Writes now and then from now on, until Vert.x is closed. */
  public void start(Vertx vertx) {
    vertx.setPeriodic(FLUSH_EVERY.toMillis(), _ -> flush());
  }

  /** Takes a report. */
  public void accept(SeatQuality quality) {
    if (!waiting.offer(QualityJson.row(quality))) {
      log.warn("quality dropped room={} waiting={}", quality.room(), MAX_WAITING);
    }
  }

  /** Writes what waits; never fails. */
  public Future<Void> flush() {
    if (waiting.isEmpty() || !writing.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    List<QualityRow> batch = new ArrayList<>();
    waiting.drainTo(batch, MAX_BATCH);
    return blocking
        .<Void>call(
            () -> {
              store.append(batch);
              return null;
            })
        .recover(
            failure -> {
              log.warn("quality not kept reports={}", batch.size(), failure);
              return Future.succeededFuture();
            })
        .onComplete(_ -> writing.set(false));
  }
}
