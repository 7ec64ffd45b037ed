package heyi.server.session;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.media.ConferenceId;
import heyi.recording.RecordedSource;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.session.Recording;
import heyi.recording.session.RecordingListener;
import heyi.recording.session.RecordingState;
import heyi.recording.session.SealedRecording;
import heyi.recording.session.SourceReception;
import heyi.recording.session.SuspendedRecording;
import heyi.server.agreement.AgreementSigning;
import heyi.server.agreement.StoredDocument;
import heyi.server.casefile.SessionCommand;
import heyi.server.casefile.SessionId;
import heyi.server.sql.PatientDatabase;
import heyi.server.timeline.RoomTimeline;
import heyi.server.timeline.TimelineEvent;
import heyi.signaling.room.Agreement;
import heyi.signaling.room.Phase;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomEvent.AgreementConfirmed;
import heyi.signaling.room.RoomEvent.AgreementDeclined;
import heyi.signaling.room.RoomEvent.AgreementPresented;
import heyi.signaling.room.RoomEvent.HeldBack;
import heyi.signaling.room.RoomEvent.MuteChanged;
import heyi.signaling.room.RoomEvent.PhaseChanged;
import heyi.signaling.room.RoomEvent.RecordResumed;
import heyi.signaling.room.RoomEvent.RecordWithheld;
import heyi.signaling.room.RoomEvent.RecordingRequested;
import heyi.signaling.room.RoomEvent.RoomClosed;
import heyi.signaling.room.RoomEvent.SourceAdded;
import heyi.signaling.room.RoomEvent.SourceRemoved;
import heyi.signaling.socket.ServerFact;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the events of a room into recording, ledger, timeline and the standing of the case.
 *
 * <p><b>Threads</b>: {@link #accept} may be called from any thread and returns at once; the work of
 * one session runs in its lane, in the order of the events.
 */
public final class SessionConductor {
  private static final Logger log = LoggerFactory.getLogger(SessionConductor.class);

  private final SessionRecords records;
  private final AgreementSigning signing;
  private final RecordingStarter recorder;
  private final RoomLink rooms;
  private final PatientDatabase database;
  private final InstantSource clock;
  private final Map<SessionId, RunningSession> running = new ConcurrentHashMap<>();

  /** Uses the stores. */
  public SessionConductor(
      SessionRecords records,
      AgreementSigning signing,
      RecordingStarter recorder,
      RoomLink rooms,
      PatientDatabase database,
      InstantSource clock) {
    this.records = records;
    this.signing = signing;
    this.recorder = recorder;
    this.rooms = rooms;
    this.database = database;
    this.clock = clock;
  }

  /** A session goes on that a killed server left; to be called before its room is there again. */
  public void resume(SessionId id, PastSession past) {
    RunningSession session = running.computeIfAbsent(id, RunningSession::new);
    session
        .lane()
        .then(
            "resume",
            () -> {
              session.resumes(past);
              return done();
            });
  }

  /** Takes an event of a room. */
  public void accept(RoomEvent event) {
    SessionId id = new SessionId(event.room().value());
    RunningSession session = running.computeIfAbsent(id, RunningSession::new);
    if (event instanceof PhaseChanged changed) {
      session.phase(changed.to());
      log.info("phase changed session={} from={} to={}", id.value(), changed.from(), changed.to());
    }
    if (event instanceof RoomClosed) {
      session
          .sourcesGone()
          .onFailure(f -> log.warn("recorder not told of the end session={}", id.value(), f));
    }
    TimelineEvent line = RoomTimeline.of(event);
    session.lane().then(line.type(), () -> note(session, line).compose(_ -> act(session, event)));
  }

  /** Where the session's room stands; LOBBY when nothing has happened yet. */
  public Phase phase(SessionId id) {
    RunningSession session = running.get(id);
    return session == null ? Phase.LOBBY : session.phase();
  }

  /** Forgets a session whose room is gone. */
  public void forget(SessionId id) {
    running.remove(id);
  }

  /** Completes when everything that has happened so far is carried out. */
  public Future<Void> settled() {
    return Future.join(
            running.values().stream()
                .map(
                    session ->
                        session
                            .lane()
                            .then("settle", Future::succeededFuture)
                            .compose(_ -> session.index().then("settle", Future::succeededFuture)))
                .toList())
        .mapEmpty();
  }

  private Future<Void> act(RunningSession session, RoomEvent event) {
    return switch (event) {
      case RecordingRequested e -> record(session, e);
      case SourceAdded e ->
          session.sourceAdded(
              new RecordedSource(e.endpoint(), e.seat().value(), e.seat().value(), e.source()));
      case SourceRemoved e -> {
        session.sourceRemoved(e.source());
        Recording recording = session.recording();
        yield recording == null ? done() : recording.sourceRemoved(e.source());
      }
      case HeldBack e -> session.heldBack(e.held());
      case RecordWithheld e -> session.withheld(e.why());
      case RecordResumed _ -> session.withheld(null);
      case MuteChanged e -> session.muted(e.seat().value(), e.kind(), e.muted());
      case AgreementPresented _ -> session.clearConfirmations();
      case AgreementConfirmed e -> confirmed(session, e);
      case AgreementDeclined e -> session.withdrawConfirmation(e.seat().value());
      case RoomClosed _ -> close(session);
      default -> done();
    };
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  /** Tells the database, in order; the recording does not wait for it. */
  private Future<Void> index(RunningSession session, String what, Callable<?> work) {
    Promise<Void> done = Promise.promise();
    session.index().then(what, () -> database.call(what, work).<Void>mapEmpty().onComplete(done));
    return done.future();
  }

  /** Writes the event down: in the index always, in the ledger as soon as there is one. */
  private Future<Void> note(RunningSession session, TimelineEvent event) {
    Recording recording = session.recording();
    Future<Void> ledger = done();
    if (recording == null) {
      session.hold(event);
    } else {
      ledger =
          recording
              .event(new LedgerEvent(event.type(), event.forLedger()))
              .<Void>mapEmpty()
              .recover(failure -> keepFor(session, event, failure));
    }
    index(session, event.type(), () -> records.append(session.id(), event));
    return ledger;
  }

  /** The recorder may come back; what has to be done for the event is done in any case. */
  private static Future<Void> keepFor(
      RunningSession session, TimelineEvent event, Throwable failure) {
    log.warn(
        "not in the ledger yet session={} event={}", session.id().value(), event.type(), failure);
    session.hold(event);
    return done();
  }

  private Future<Void> record(RunningSession session, RecordingRequested request) {
    session.talksIn(request.conference());
    Recording before = session.recording();
    if (before != null && before.state() != RecordingState.FAILED) {
      return session.records(request.conference())
          ? ready(session, before, request.conference())
          : move(session, before, request);
    }
    index(session, "begin", () -> records.apply(session.id(), new SessionCommand.Begin()));
    return breakOff(session, before)
        .compose(_ -> connect(session, request))
        .compose(recording -> started(session, recording, request.conference()))
        .recover(failure -> recorderFailed(session, failure));
  }

  private Future<Void> breakOff(RunningSession session, @Nullable Recording failed) {
    return failed == null
        ? done()
        : recorder.suspend(failed.id()).onSuccess(session::brokenOff).mapEmpty();
  }

  private Future<Recording> connect(RunningSession session, RecordingRequested request) {
    SuspendedRecording suspended = session.suspended();
    return suspended == null
        ? recorder.start(
            session.nextRecordingName(), session.id(), request.conference(), request.bridge())
        : recorder.resume(suspended, request.conference(), request.bridge());
  }

  /** The room talks elsewhere now: the recording follows, so that a session has one of them. */
  private Future<Void> move(
      RunningSession session, Recording recording, RecordingRequested request) {
    return recording
        .moveTo(request.conference(), request.bridge())
        .compose(
            _ -> {
              session.recording(recording, request.conference());
              log.info("recorder moved session={}", session.id().value());
              return ready(session, recording, request.conference());
            })
        .recover(failure -> recorderFailed(session, failure));
  }

  private Future<Void> started(
      RunningSession session, Recording recording, ConferenceId conference) {
    session.recording(recording, conference);
    recording.listen(new Light(session, recording));
    log.info("recorder connected session={} recording={}", session.id().value(), recording.id());
    Future<Void> written = done();
    for (TimelineEvent event : session.takeHeld()) {
      LedgerEvent entry = new LedgerEvent(event.type(), event.forLedger());
      written = written.compose(_ -> recording.event(entry).mapEmpty());
    }
    return written
        .compose(_ -> session.obey(recording))
        .compose(_ -> session.announceAll(recording))
        .compose(_ -> ready(session, recording, conference));
  }

  /** People may send: the recorder is there, and does not keep what is off the record. */
  private Future<Void> ready(RunningSession session, Recording recording, ConferenceId conference) {
    return rooms
        .tell(session.id(), new ServerFact.RecorderReady(conference))
        .compose(
            _ ->
                recording.state() == RecordingState.RESTING
                    ? rooms.tell(session.id(), new ServerFact.RecorderRests(conference))
                    : done());
  }

  private Future<Void> recorderFailed(RunningSession session, Throwable failure) {
    log.warn("recorder did not start session={}", session.id().value(), failure);
    TimelineEvent event =
        new TimelineEvent(
            clock.instant(), "recorder-failed", null, JsonNodeFactory.instance.objectNode());
    return note(session, event)
        .eventually(
            () ->
                rooms.tell(
                    session.id(), new ServerFact.RecorderFailed("recorder did not connect")));
  }

  /** Shows everyone in the room whether the recorder receives. */
  private final class Light implements RecordingListener {
    private final RunningSession running;
    private final SessionId session;
    private final Recording recording;

    Light(RunningSession running, Recording recording) {
      this.running = running;
      this.recording = recording;
      this.session = running.id();
    }

    @Override
    public void onReception(List<SourceReception> sources) {
      rooms
          .tell(session, RoomReception.of(recording.conference(), sources))
          .onFailure(f -> log.warn("room not told session={}", session.value(), f));
    }

    @Override
    public void onLeft() {
      recorderLeft(session);
    }

    @Override
    public void onState(RecordingState state, String reason) {
      log.info("recording session={} state={}", session.value(), state);
      if (running.phase() == Phase.CLOSED) {
        return;
      }
      Future<Void> told =
          switch (state) {
            case RECEIVING ->
                rooms.tell(session, new ServerFact.RecorderReceiving(recording.conference()));
            case RESTING ->
                rooms.tell(session, new ServerFact.RecorderRests(recording.conference()));
            case STALLED, FAILED -> rooms.tell(session, new ServerFact.RecorderFailed(reason));
            case STARTING, SEALING, VERIFIED -> done();
          };
      told.onFailure(f -> log.warn("room not told session={}", session.value(), f));
    }
  }

  private Future<Void> confirmed(RunningSession session, AgreementConfirmed event) {
    Agreement agreement = event.agreement();
    Map<String, Instant> confirmations = session.confirm(event.seat().value(), event.at());
    return database
        .call(
            "signing",
            () -> signing.signWhenComplete(session.id(), agreement.documentId(), confirmations))
        .compose(signed -> signed == null ? done() : signed(session, signed));
  }

  private Future<Void> signed(RunningSession session, StoredDocument document) {
    log.info(
        "agreement signed session={} document={}", session.id().value(), document.documentId());
    return note(
        session,
        new TimelineEvent(
            clock.instant(),
            "agreement-signed",
            null,
            JsonNodeFactory.instance
                .objectNode()
                .put("documentId", document.documentId())
                .put("sha256", document.sha256())));
  }

  private Future<Void> close(RunningSession session) {
    Recording recording = session.recording();
    SuspendedRecording suspended = session.suspended();
    session.endRecording();
    if (recording == null) {
      recorderLeft(session.id());
    }
    Future<Void> closed =
        index(session, "close", () -> records.apply(session.id(), new SessionCommand.Close()));
    Future<Void> over =
        recording == null && suspended == null
            ? closed
            : end(recording, suspended)
                .compose(result -> sealed(session, result))
                .recover(failure -> notSealed(session, failure));
    return over.eventually(
        () -> {
          rooms.retire(session.id());
          return done();
        });
  }

  private void recorderLeft(SessionId session) {
    rooms
        .tell(session, new ServerFact.RecorderLeft())
        .onFailure(f -> log.warn("room not told session={}", session.value(), f));
  }

  /** One of the two is there. */
  private Future<SealedRecording> end(
      @Nullable Recording recording, @Nullable SuspendedRecording suspended) {
    return recording == null
        ? recorder.giveUp(Objects.requireNonNull(suspended).id())
        : recording.close();
  }

  private Future<Void> sealed(RunningSession session, SealedRecording result) {
    SessionId id = session.id();
    String rootHash = Objects.requireNonNull(result.rootHash()).toString();
    log.info("session sealed session={} rootHash={}", id.value(), rootHash);
    return index(session, "seal", () -> records.seal(id, result))
        .compose(_ -> rooms.tell(id, new ServerFact.SessionSealed(rootHash)));
  }

  private Future<Void> notSealed(RunningSession session, Throwable failure) {
    log.error(
        "session not sealed, next start tries again session={}", session.id().value(), failure);
    return rooms.tell(session.id(), new ServerFact.RecorderFailed("not sealed"));
  }
}
