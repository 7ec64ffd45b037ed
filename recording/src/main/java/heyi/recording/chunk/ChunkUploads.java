package heyi.recording.chunk;

import heyi.recording.ObjectKey;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends closed chunks to the object store, one after the other, again and again until it takes
 * them.
 *
 * <p>The queue is the spool itself: a chunk stays on disk until the recording is sealed, only its
 * facts wait here. <b>Bounds:</b> {@value #MAX_WAITING} chunks (eleven hours); <b>overflow
 * rule:</b> further chunks are not queued, they stay in the spool and are sent when the recording
 * is sealed.
 *
 * <p><b>Threads:</b> any; uploads run on the executor given, which may block.
 */
public final class ChunkUploads {
  static final int MAX_WAITING = 20_000;

  /** Short enough that a restarted store is used at once. */
  static final Duration FIRST_BACKOFF = Duration.ofMillis(500);

  /** Long enough not to trouble a store that is down for hours. */
  static final Duration LONGEST_BACKOFF = Duration.ofSeconds(15);

  /** Media type of a chunk. */
  public static final String CONTENT_TYPE = "application/vnd.heyi.journal";

  private static final Logger LOG = LoggerFactory.getLogger(ChunkUploads.class);

  private final Object lock = new Object();
  private final Deque<SealedChunk> waiting = new ArrayDeque<>();
  private final Deque<Promise<Void>> drains = new ArrayDeque<>();
  private final ObjectStore store;
  private final Spool spool;
  private final ObjectKey directory;
  private final Executor blocking;
  private final Delays delays;
  private boolean working;
  private int failures;
  private int overflowed;
  private int uploaded;

  /**
   * Makes an idle queue.
   *
   * @param directory key below which chunks are stored
   * @param blocking runs uploads
   * @param delays waits between tries
   */
  public ChunkUploads(
      ObjectStore store, Spool spool, ObjectKey directory, Executor blocking, Delays delays) {
    this.store = store;
    this.spool = spool;
    this.directory = directory;
    this.blocking = blocking;
    this.delays = delays;
  }

  /** Queues a closed chunk. */
  public void add(SealedChunk chunk) {
    synchronized (lock) {
      if (waiting.size() >= MAX_WAITING) {
        overflowed++;
        return;
      }
      waiting.add(chunk);
      if (working) {
        return;
      }
      working = true;
    }
    blocking.execute(this::work);
  }

  /** Completes when everything queued so far is stored. */
  public Future<Void> drained() {
    synchronized (lock) {
      if (waiting.isEmpty()) {
        return Future.succeededFuture();
      }
      Promise<Void> promise = Promise.promise();
      drains.add(promise);
      return promise.future();
    }
  }

  /** How many chunks are not stored yet. */
  public int backlog() {
    synchronized (lock) {
      return waiting.size() + overflowed;
    }
  }

  /** How many chunks are stored. */
  public int uploaded() {
    synchronized (lock) {
      return uploaded;
    }
  }

  private void work() {
    SealedChunk next = head();
    while (next != null) {
      try {
        ObjectContent content =
            ObjectContent.ofFile(spool.chunk(next.number()), next.sha256(), CONTENT_TYPE);
        store.put(directory.child(next.name()), content);
      } catch (IOException | RuntimeException e) { // whatever it is, the chunk must go out
        retryLater(next, e);
        return;
      }
      next = storedThenNext();
    }
  }

  private @Nullable SealedChunk head() {
    synchronized (lock) {
      return waiting.peek();
    }
  }

  private @Nullable SealedChunk storedThenNext() {
    Deque<Promise<Void>> done = new ArrayDeque<>();
    SealedChunk next;
    synchronized (lock) {
      waiting.remove();
      uploaded++;
      failures = 0;
      next = waiting.peek();
      if (next == null) {
        working = false;
        done.addAll(drains);
        drains.clear();
      }
    }
    done.forEach(Promise::complete);
    return next;
  }

  private void retryLater(SealedChunk chunk, Exception failure) {
    Duration delay;
    int tries;
    synchronized (lock) {
      failures++;
      tries = failures;
      delay = backoff(failures);
    }
    LOG.warn(
        "chunk {} of {} not stored, try {}, next in {} ms: {}",
        chunk.number(),
        directory,
        tries,
        delay.toMillis(),
        String.valueOf(failure.getMessage()));
    delays.after(delay, () -> blocking.execute(this::work));
  }

  static Duration backoff(int failures) {
    Duration delay = FIRST_BACKOFF;
    for (int i = 1; i < failures && delay.compareTo(LONGEST_BACKOFF) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(LONGEST_BACKOFF) < 0 ? delay : LONGEST_BACKOFF;
  }
}
