package heyi.server.reconciliation;

import heyi.recording.ObjectKey;
import heyi.recording.RecordingId;
import heyi.recording.disposal.EvidenceDisposal;
import heyi.recording.session.RecordingService;
import heyi.recording.session.StoreReport;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;
import heyi.server.replay.RecordingStore;
import heyi.server.replay.Verification;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions held, sources published, objects stored, hashes: all compared, one session after the
 * other with its caucuses, everything read back.
 *
 * <p><b>Threads:</b> any; nothing blocks the caller. <b>Bounds:</b> one run at a time; asking for
 * another gives the one that runs.
 */
public final class Reconciliation {
  /** Longer than muxing and uploading a whole day takes. */
  private static final Duration SEALED_WITHIN = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

  private final Vertx vertx;
  private final RecordingService recordings;
  private final HeldSessions sessions;
  private final RecordingStore index;
  private final EvidenceDisposal disposal;
  private final Blocking blocking;
  private final InstantSource clock;
  private @Nullable Future<ReconciliationReport> running;
  private volatile @Nullable ReconciliationReport last;

  /** Uses the stores. */
  public Reconciliation(
      Vertx vertx,
      RecordingService recordings,
      HeldSessions sessions,
      RecordingStore index,
      EvidenceDisposal disposal,
      Blocking blocking,
      InstantSource clock) {
    this.vertx = vertx;
    this.recordings = recordings;
    this.sessions = sessions;
    this.index = index;
    this.disposal = disposal;
    this.blocking = blocking;
    this.clock = clock;
  }

  /** Runs again and again. */
  public void start(Duration every) {
    vertx.setPeriodic(
        every.toMillis(),
        _ -> run().onFailure(failure -> log.error("reconciliation did not finish", failure)));
  }

  /** What the last run found; null before the first. */
  public @Nullable ReconciliationReport last() {
    return last;
  }

  /** Runs now, unless a run is under way. */
  public synchronized Future<ReconciliationReport> run() {
    Future<ReconciliationReport> current = running;
    if (current == null) {
      Future<ReconciliationReport> begun =
          blocking
              .call(sessions::all)
              .compose(all -> look(new Run(clock.instant(), all)))
              .onSuccess(report -> last = report);
      running = begun;
      begun.onComplete(_ -> ended());
      current = begun;
    }
    return current;
  }

  /** Looks at one session that was just sealed; what is wrong is logged and kept with it. */
  public Future<ReconciliationReport> check(SessionId session) {
    return blocking
        .call(() -> sessions.all().stream().filter(held -> held.id().equals(session)).toList())
        .compose(held -> look(new Run(clock.instant(), held)));
  }

  private synchronized void ended() {
    running = null;
  }

  private static final class Run {
    final Instant startedAt;
    final List<HeldSession> held;
    final List<ReconciliationReport.Difference> differences = new ArrayList<>();
    int objects;
    long bytes;

    Run(Instant startedAt, List<HeldSession> held) {
      this.startedAt = startedAt;
      this.held = held;
    }

    void found(SessionId session, StoreReport report) {
      objects += report.objects();
      bytes += report.bytes();
      report.differences().forEach(one -> differs(session, one.object(), one.message()));
    }

    void differs(SessionId session, String object, String message) {
      differences.add(new ReconciliationReport.Difference(session.value(), object, message));
    }
  }

  private Future<ReconciliationReport> look(Run run) {
    Future<Void> done = Future.succeededFuture();
    for (HeldSession session : run.held) {
      done = done.compose(_ -> look(run, session));
    }
    return done.map(
        _ -> {
          ReconciliationReport report =
              new ReconciliationReport(
                  run.startedAt,
                  clock.instant(),
                  run.held.size(),
                  run.objects,
                  run.bytes,
                  run.differences);
          report
              .differences()
              .forEach(
                  difference ->
                      log.error(
                          "evidence differs session={} object={} message={}",
                          difference.session(),
                          difference.object(),
                          difference.message()));
          log.info(
              "reconciled sessions={} objects={} differences={}",
              report.sessions(),
              report.objects(),
              report.differences().size());
          return report;
        });
  }

  private Future<Void> look(Run run, HeldSession session) {
    String recording = session.recordingId();
    if (session.state() == SessionState.SEALING) {
      Instant ended = session.endedAt();
      if (ended == null || ended.plus(SEALED_WITHIN).isBefore(run.startedAt)) {
        run.differs(session.id(), "recording", "is not sealed, though the session ended " + ended);
      }
      return Future.succeededFuture();
    }
    if (recording == null) {
      run.differs(session.id(), "recording", "is sealed, and no recording is known");
      return Future.succeededFuture();
    }
    if (session.state() == SessionState.DISPOSED) {
      return blocking.call(() -> disposed(run, session));
    }
    return recordings
        .check(new RecordingId(recording))
        .compose(report -> found(run, session, report))
        .compose(_ -> blocking.call(() -> disposal.caucusesOf(session.id().value())))
        .compose(caucuses -> look(run, session, caucuses));
  }

  /** What is sealed apart; its root nobody was shown. */
  private Future<Void> look(Run run, HeldSession session, List<ObjectKey> caucuses) {
    Future<Void> done = Future.succeededFuture();
    for (ObjectKey caucus : caucuses) {
      done =
          done.compose(_ -> recordings.check(new RecordingId(caucus.name())))
              .onSuccess(report -> run.found(session.id(), report))
              .mapEmpty();
    }
    return done;
  }

  private Void disposed(Run run, HeldSession session) throws IOException {
    for (ObjectKey root : disposal.ofSession(session.id().value())) {
      disposal.check(root).forEach(finding -> run.differs(session.id(), root.value(), finding));
    }
    return null;
  }

  private Future<Void> found(Run run, HeldSession session, StoreReport report) {
    int before = run.differences.size();
    run.found(session.id(), report);
    if (!report.rootHash().equals(session.rootHash())) {
      run.differs(
          session.id(),
          "root hash",
          "the room saw " + session.rootHash() + ", the ledger gives " + report.rootHash());
    }
    Verification verification =
        new Verification(clock.instant(), report.rootHash(), run.differences.size() - before);
    return blocking.call(() -> keep(session, verification));
  }

  private Void keep(HeldSession session, Verification verification) {
    index.keep(session.id(), verification);
    return null;
  }
}
