package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.SourceName;
import heyi.recording.RecordedSource;
import heyi.recording.SessionClock;
import heyi.recording.capture.SourceWatch;
import io.vertx.core.Future;
import java.util.function.BiConsumer;

/**
 * What the people of a conference publish: watched, and in journal and ledger.
 *
 * <p><b>Threads:</b> the recording's context. <b>Bounds:</b> {@value #MOST}.
 */
final class PublishedSources {
  static final int MOST = 64;

  private final SourceWatch watch;
  private final SourceLook look;
  private final DiskLane disk;
  private final RecordingJournal journal;
  private final SessionClock clock;

  PublishedSources(SourceWatch watch, DiskLane disk, RecordingJournal journal, SessionClock clock) {
    this.watch = watch;
    this.look = new SourceLook(watch);
    this.disk = disk;
    this.journal = journal;
    this.clock = clock;
  }

  /** First on disk, then to be received: a chunk never holds packets of an unknown source. */
  Future<Void> add(RecordedSource source) {
    boolean replaces =
        watch.sources().stream()
            .anyMatch(known -> known.source().name().equals(source.source().name()));
    if (!replaces && watch.sources().size() >= MOST) {
      return Future.failedFuture(
          new RecordingException("a recording has at most " + MOST + " sources"));
    }
    watch.add(source, clock.nanoClock().getAsLong());
    return disk.run(() -> journal.sourceAdded(source));
  }

  Future<Void> remove(SourceName source) {
    if (!watch.remove(source)) {
      return Future.succeededFuture();
    }
    look.forget(source);
    return disk.run(() -> journal.sourceRemoved(source));
  }

  /** The conference is left. */
  void removeAll() {
    watch.sources().forEach(source -> remove(source.source().name()));
  }

  /** What is heard of them; {@code ledger} takes what changed. */
  RecordingSignal.Heard look(long nowNanos, BiConsumer<String, ObjectNode> ledger) {
    return look.look(nowNanos, clock, ledger);
  }
}
