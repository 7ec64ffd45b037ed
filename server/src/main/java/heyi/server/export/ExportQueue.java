package heyi.server.export;

import heyi.recording.composite.CompositeException;
import heyi.recording.composite.CompositeProgress;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import heyi.server.casefile.CaseStore;
import heyi.server.casefile.SessionId;
import heyi.server.replay.RecordingStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the films that wait, a few at a time. What was running when the server ended goes on at the
 * next start, behind the last whole segment.
 *
 * <p><b>Threads:</b> one virtual thread for each film that may be made at once; the methods may be
 * called from any thread that may wait. <b>Bounds:</b> the database holds what waits, the store
 * refuses more than configured.
 */
public final class ExportQueue implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ExportQueue.class);

  private final ExportStore store;
  private final FilmMaker maker;
  private final Semaphore waiting = new Semaphore(0);
  private final Map<String, CompositeProgress> progress = new ConcurrentHashMap<>();
  private final Map<String, Thread> running = new HashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean closing;

  ExportQueue(ExportStore store, FilmMaker maker) {
    this.store = store;
    this.maker = maker;
  }

  /** Where everything in a film comes from. */
  public record Sources(CaseStore cases, RecordingStore recordings, ObjectStore objects) {}

  /** Makes films in a folder of its own for each. */
  public static ExportQueue of(
      ExportStore store,
      Sources sources,
      Path folder,
      ExportOptions options,
      LongSupplier nanoClock) {
    return new ExportQueue(store, new FilmMaker(sources, folder, options, nanoClock));
  }

  /** Takes up what a former life left, and starts to work. Blocks. */
  public synchronized void start(int atOnce) throws IOException {
    for (Export left : store.in(ExportState.RUNNING)) {
      // Its folder is here, so it was ours; another node's films are its own business.
      if (maker.knows(left.id()) && store.requeue(left.id())) {
        log.info("film taken up again export={}", left.id());
      }
    }
    List<String> queued = store.in(ExportState.QUEUED).stream().map(Export::id).toList();
    List<String> made = store.in(ExportState.RUNNING).stream().map(Export::id).toList();
    for (String known : maker.known()) {
      if (!queued.contains(known) && !made.contains(known)) {
        maker.forget(known);
      }
    }
    waiting.release(queued.size());
    for (int i = 0; i < atOnce; i++) {
      threads.add(Thread.ofVirtual().name("film-" + i).start(this::work));
    }
  }

  /** A film waits in the store now. */
  void wake() {
    waiting.release();
  }

  /** How far a running film is; null when nothing was heard yet. */
  @Nullable CompositeProgress progress(String exportId) {
    return progress.get(exportId);
  }

  /** Ends a film that is not finished; false when it had ended. */
  boolean cancel(String exportId) {
    if (!store.cancel(exportId)) {
      return false;
    }
    synchronized (this) {
      Thread thread = running.get(exportId);
      if (thread != null) {
        thread.interrupt();
      }
    }
    log.info("film cancelled export={}", exportId);
    return true;
  }

  /** Ends the films of a session and removes what was made of them on this machine. Blocks. */
  public void discard(SessionId session) throws IOException {
    for (Export export : store.of(session)) {
      cancel(export.id());
      maker.forget(export.id());
    }
  }

  private void work() {
    try {
      while (!isClosing()) {
        waiting.acquire();
        Export export = next();
        while (export != null) {
          make(export);
          export = next();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isClosing() {
    return closing;
  }

  private @Nullable Export next() {
    try {
      return isClosing() ? null : store.takeNext(maker::claim);
    } catch (JdbiException | IOException e) {
      log.error("no film can be taken; it is tried again with the next one", e);
      return null;
    }
  }

  private void make(Export export) {
    String id = export.id();
    synchronized (this) {
      running.put(id, Thread.currentThread());
    }
    boolean settled = false;
    try {
      // Cancelled between its being taken and this thread's being known.
      settled = !store.isRunning(id) || film(export);
    } catch (InterruptedException _) {
      log.info("film stopped export={}", id);
      settled = !isClosing();
    } catch (JdbiException e) {
      log.error("what became of a film is not known; the next start tries export={}", id, e);
    } finally {
      ended(id, settled);
    }
  }

  /** Makes the film and writes down what became of it. */
  private boolean film(Export export) throws InterruptedException {
    String id = export.id();
    log.info("film begun export={} session={}", id, export.session().value());
    Export.File file;
    try {
      file = maker.make(export, now -> progress.put(id, now));
    } catch (IOException | CompositeException | StoreException | IllegalArgumentException e) {
      if (isClosing()) {
        return false;
      }
      log.error("film failed export={}", id, e);
      store.fail(id, "could-not-be-made");
      return true;
    }
    if (store.finish(id, file)) {
      log.info("film made export={} sizeBytes={}", id, file.sizeBytes());
    }
    return true;
  }

  private void ended(String id, boolean settled) {
    synchronized (this) {
      running.remove(id);
      progress.remove(id);
      if (!closing) {
        // A cancel that came too late must not end the next film.
        Thread.interrupted();
      }
    }
    if (settled) {
      try {
        maker.forget(id);
      } catch (IOException e) {
        log.warn("the folder of a film was not removed export={}", id, e);
      }
    }
  }

  /** Ends the processes; what they made is kept for the next start. Blocks until they are gone. */
  @Override
  public void close() {
    List<Thread> all;
    synchronized (this) {
      closing = true;
      all = List.copyOf(threads);
      all.forEach(Thread::interrupt);
    }
    try {
      for (Thread thread : all) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
