package heyi.recording.session;

import heyi.recording.RecordingId;
import heyi.recording.chunk.Spool;
import heyi.recording.journal.JournalDamage;
import heyi.recording.ledger.LedgerDamage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spools that a killed server left.
 *
 * <p><b>Threads:</b> any; nothing blocks the caller.
 */
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private final Vertx vertx;
  private final BlockingTasks blocking;
  private final Path spools;
  private final SpoolRecovery recovery;
  private final Set<RecordingId> beingSealed = ConcurrentHashMap.newKeySet();

  Leftovers(Vertx vertx, BlockingTasks blocking, Path spools, SpoolRecovery recovery) {
    this.vertx = vertx;
    this.blocking = blocking;
    this.spools = spools;
    this.recovery = recovery;
  }

  private interface Work<T> {
    Optional<T> on(Spool spool) throws IOException;
  }

  /** All but those that are spared, as they lie there. Blocks. */
  List<LeftRecording> look(Predicate<RecordingId> spared) throws IOException {
    List<LeftRecording> left = new ArrayList<>();
    for (RecordingId id : all()) {
      if (!spared.test(id)) {
        LeftRecording found = look(id);
        boolean sealedMeanwhile = !Files.isDirectory(Spool.of(spools, id).directory());
        if (!sealedMeanwhile) {
          left.add(found);
        }
      }
    }
    return left;
  }

  private LeftRecording look(RecordingId id) throws IOException {
    try {
      return SpoolRecovery.look(Spool.of(spools, id), id);
    } catch (LedgerDamage | NoSuchFileException e) {
      LOG.warn("recording={} does not say what it is: {}", id, e.toString());
      return new LeftRecording(id, null, null, false);
    }
  }

  /** Those that may go on, in order. */
  Future<List<SuspendedRecording>> suspended(Predicate<RecordingId> spared) {
    return each(
        "put in order",
        spared,
        spool -> recovery.suspended(spool, SuspendedRecording.SERVER_RESTART));
  }

  /** One that broke off while its server lives on; empty when it can never go on. */
  Future<Optional<SuspendedRecording>> suspend(RecordingId id) {
    return blocking.run(
        vertx.getOrCreateContext(),
        () -> {
          try {
            return recovery.suspended(Spool.of(spools, id), SuspendedRecording.RECORDER_FAILED);
          } catch (LedgerDamage | JournalDamage e) {
            LOG.error("recording={} cannot go on, kept in the spool", id, e);
            return Optional.empty();
          }
        });
  }

  /** Seals all but those that are spared. */
  Future<List<SealedRecording>> seal(Predicate<RecordingId> spared) {
    return each("sealed", spared, recovery::recover);
  }

  /** Whether somebody seals it just now. */
  boolean isBeingSealed(RecordingId id) {
    return beingSealed.contains(id);
  }

  /** Seals one; fails when somebody else does so just now. */
  Future<SealedRecording> seal(RecordingId id) {
    if (!beingSealed.add(id)) {
      return Future.failedFuture(new RecordingException(id + " is being sealed already"));
    }
    return blocking
        .run(
            vertx.getOrCreateContext(),
            () ->
                recovery
                    .recover(Spool.of(spools, id))
                    .orElseThrow(
                        () -> new RecordingException("nothing was recorded under the name " + id)))
        .onComplete(_ -> beingSealed.remove(id));
  }

  private <T> Future<List<T>> each(String what, Predicate<RecordingId> spared, Work<T> work) {
    return blocking.run(
        vertx.getOrCreateContext(),
        () -> {
          List<T> done = new ArrayList<>();
          if (Files.isDirectory(spools)) {
            Spool.finishRemovals(spools);
          }
          for (RecordingId id : all()) {
            if (!spared.test(id)) {
              tried(what, id, work).ifPresent(done::add);
            }
          }
          return done;
        });
  }

  private <T> Optional<T> tried(String what, RecordingId id, Work<T> work) {
    try {
      Optional<T> result = work.on(Spool.of(spools, id));
      LOG.info("recording={} left by a killed server, {}={}", id, what, result.isPresent());
      return result;
    } catch (IOException | RuntimeException e) {
      LOG.error("recording={} cannot be {} now, kept in the spool", id, what, e);
      return Optional.empty();
    }
  }

  private List<RecordingId> all() throws IOException {
    if (!Files.isDirectory(spools)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(spools)) {
      return files
          .filter(Files::isDirectory)
          .map(directory -> String.valueOf(directory.getFileName()))
          .filter(name -> !Spool.isRemoved(name))
          .sorted()
          .map(RecordingId::new)
          .toList();
    }
  }
}
