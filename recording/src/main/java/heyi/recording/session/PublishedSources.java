package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.SourceName;
import heyi.recording.RecordedSource;
import heyi.recording.SessionClock;
import heyi.recording.capture.SourceWatch;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What the people of a conference publish: watched, and in journal and ledger.
 *
 * <p><b>Threads:</b> the recording's context. <b>Bounds:</b> {@value #MOST}.
 */
final class PublishedSources {
  static final int MOST = 64;

  /** So often everybody is told the counters, though nothing changed. */
  private static final long TELL_NANOS = 5_000_000_000L;

  private final SourceWatch watch;
  private final SourceLook look;
  private final Watchdog watchdog = new Watchdog();
  private final DiskLane disk;
  private final RecordingJournal journal;
  private final SessionClock clock;
  private List<Object> told = List.of();
  private long toldNanos;

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
    watchdog.forget(source);
    return disk.run(() -> journal.sourceRemoved(source));
  }

  /** The conference is left. */
  void removeAll() {
    watch.sources().forEach(source -> remove(source.source().name()));
  }

  /**
   * What a look showed.
   *
   * @param heard for the state of the recording
   * @param news for those who are shown what is received; empty when they know it
   * @param comeAnew whether the recorder's line is suspect
   */
  record Findings(
      RecordingSignal.Heard heard, Optional<List<SourceReception>> news, boolean comeAnew) {}

  /**
   * What is received of them.
   *
   * @param stalled nothing at all is, and the room silences everybody for that
   * @param ledger takes what changed
   */
  Findings look(long nowNanos, boolean stalled, BiConsumer<String, ObjectNode> ledger) {
    List<SourceWatch.Heard> heard = watch.heard(nowNanos);
    boolean comeAnew = !stalled && watchdog.look(nowNanos, heard);
    return new Findings(look.look(heard, clock, ledger), news(nowNanos, heard), comeAnew);
  }

  private Optional<List<SourceReception>> news(long nowNanos, List<SourceWatch.Heard> heard) {
    List<RecordedSource> sources = watch.sources();
    List<SourceReception> now = new ArrayList<>();
    List<Object> standings = new ArrayList<>();
    for (int i = 0; i < heard.size(); i++) {
      RecordedSource source = sources.get(i);
      SourceReception.Standing standing = standing(heard.get(i), nowNanos);
      now.add(
          new SourceReception(
              source.source().name(),
              source.seatId(),
              source.source().kind(),
              heard.get(i).bytes(),
              standing));
      standings.add(source.source().name());
      standings.add(standing);
    }
    if (standings.equals(told) && nowNanos - toldNanos < TELL_NANOS) {
      return Optional.empty();
    }
    told = standings;
    toldNanos = nowNanos;
    return Optional.of(now);
  }

  private SourceReception.Standing standing(SourceWatch.Heard heard, long nowNanos) {
    if (heard.muted()) {
      return SourceReception.Standing.MUTED;
    }
    if (watchdog.givenUp(heard.source(), nowNanos)) {
      return SourceReception.Standing.GIVEN_UP;
    }
    boolean silent = heard.silent() || watchdog.waitsFor(heard.source());
    return silent ? SourceReception.Standing.SILENT : SourceReception.Standing.RECEIVED;
  }
}
