package heyi.server.session;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.recording.session.SealedRecording;
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
import heyi.signaling.room.RoomEvent.CaucusOpened;
import heyi.signaling.room.RoomEvent.PhaseChanged;
import heyi.signaling.room.RoomEvent.RecordingRequested;
import heyi.signaling.room.RoomEvent.RoomClosed;
import heyi.signaling.room.RoomId;
import heyi.signaling.socket.ServerFact;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the events of a room into recording, ledger, timeline and the standing of the case.
 *
 * <p>A caucus (单独谈话) is a room of its own beside that of its session: it has a recording of class
 * SEALED, and what happens in it is in that recording's ledger and nowhere else.
 *
 * <p><b>Threads</b>: {@link #accept} may be called from any thread and returns at once; the work of
 * one room runs in its lane, in the order of the events.
 */
public final class SessionConductor {
  private static final Logger log = LoggerFactory.getLogger(SessionConductor.class);

  private final SessionRecords records;
  private final AgreementSigning signing;
  private final RoomRecorder recorder;
  private final RoomLink rooms;
  private final PatientDatabase database;
  private final InstantSource clock;
  private final Map<SessionId, RunningSession> running = new ConcurrentHashMap<>();
  private final Map<RoomId, RunningRoom> caucuses = new ConcurrentHashMap<>();

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
    this.recorder = new RoomRecorder(recorder, rooms, clock);
    this.rooms = rooms;
    this.database = database;
    this.clock = clock;
  }

  /** A session goes on that a killed server left; to be called before its room is there again. */
  public void resume(SessionId id, PastSession past) {
    RunningSession session = session(id);
    session
        .room()
        .lane()
        .then(
            "resume",
            () -> {
              session.resumes(past);
              return done();
            });
  }

  private RunningSession session(SessionId id) {
    return running.computeIfAbsent(id, unknown -> new RunningSession(unknown, this::index));
  }

  /** Takes an event of a room. */
  public void accept(RoomEvent event) {
    RoomId room = event.room();
    if (room.isCaucus()) {
      acceptOfCaucus(event);
      return;
    }
    RunningSession session = session(new SessionId(room.value()));
    Future<Void> carriedOut = take(session.room(), event, () -> act(session, event));
    if (event instanceof CaucusOpened opened) {
      RunningRoom caucus = RunningRoom.caucus(session.id(), room.caucus(opened.number()));
      caucuses.put(caucus.id(), caucus);
      // What is not in the session's ledger a restart does not know, and would number again.
      caucus.lane().then("opened", () -> carriedOut);
    }
  }

  private void acceptOfCaucus(RoomEvent event) {
    RunningRoom caucus = caucuses.get(event.room());
    if (caucus == null) {
      log.warn("event of a caucus that nobody opened room={}", event.room());
      return;
    }
    take(
        caucus,
        event,
        () -> event instanceof RoomClosed ? endCaucus(caucus) : recorder.act(caucus, event));
  }

  private Future<Void> take(RunningRoom room, RoomEvent event, Supplier<Future<Void>> act) {
    if (event instanceof PhaseChanged changed) {
      room.phase(changed.to());
      log.info("phase changed room={} from={} to={}", room.id(), changed.from(), changed.to());
    }
    if (event instanceof RoomClosed) {
      room.sourcesGone()
          .onFailure(f -> log.warn("recorder not told of the end room={}", room.id(), f));
    }
    TimelineEvent line = RoomTimeline.of(event);
    return room.lane().then(line.type(), () -> recorder.note(room, line).compose(_ -> act.get()));
  }

  /** Where the session's room stands; LOBBY when nothing has happened yet. */
  public Phase phase(SessionId id) {
    RunningSession session = running.get(id);
    return session == null ? Phase.LOBBY : session.room().phase();
  }

  /** Forgets a session whose room is gone, and its caucuses. */
  public void forget(SessionId id) {
    running.remove(id);
    caucuses.values().removeIf(caucus -> caucus.session().equals(id));
  }

  /** Completes when everything that has happened so far is carried out. */
  public Future<Void> settled() {
    Stream<Future<Void>> ofCaucuses =
        caucuses.values().stream().map(caucus -> settled(caucus.lane()));
    Stream<Future<Void>> ofSessions =
        running.values().stream()
            .map(session -> settled(session.room().lane()).compose(_ -> settled(session.index())));
    return Future.join(Stream.concat(ofCaucuses, ofSessions).toList()).mapEmpty();
  }

  private static Future<Void> settled(Lane lane) {
    return lane.then("settle", Future::succeededFuture);
  }

  private Future<Void> act(RunningSession session, RoomEvent event) {
    switch (event) {
      case RecordingRequested _ -> begin(session);
      case AgreementPresented _ -> session.clearConfirmations();
      case AgreementDeclined e -> session.withdrawConfirmation(e.seat().value());
      default -> {} // only the recording has to follow
    }
    return switch (event) {
      case AgreementConfirmed e -> confirmed(session, e);
      case RoomClosed _ -> close(session);
      default -> recorder.act(session.room(), event);
    };
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  private void begin(RunningSession session) {
    if (!session.room().isRecorded()) {
      index(session, "begin", () -> records.apply(session.id(), new SessionCommand.Begin()));
    }
  }

  private void index(RunningSession session, TimelineEvent event) {
    index(session, event.type(), () -> records.append(session.id(), event));
  }

  /** Tells the database, in order; the recording does not wait for it. */
  private Future<Void> index(RunningSession session, String what, Callable<?> work) {
    Promise<Void> done = Promise.promise();
    session.index().then(what, () -> database.call(what, work).<Void>mapEmpty().onComplete(done));
    return done.future();
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
    return recorder.note(
        session.room(),
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
    Future<Optional<SealedRecording>> ended = recorder.end(session.room());
    Future<Void> closed =
        index(session, "close", () -> records.apply(session.id(), new SessionCommand.Close()));
    return ended
        .compose(result -> result.isPresent() ? sealed(session, result.get()) : done())
        .recover(failure -> notSealed(session, failure))
        .eventually(() -> closed)
        .eventually(
            () -> {
              rooms.retire(session.id());
              return done();
            });
  }

  private Future<Void> sealed(RunningSession session, SealedRecording result) {
    SessionId id = session.id();
    String rootHash = Objects.requireNonNull(result.rootHash()).toString();
    log.info("session sealed session={} rootHash={}", id.value(), rootHash);
    return index(session, "seal", () -> records.seal(id, result))
        .compose(_ -> rooms.tell(session.room().id(), new ServerFact.SessionSealed(rootHash)));
  }

  private Future<Void> notSealed(RunningSession session, Throwable failure) {
    log.error(
        "session not sealed, next start tries again session={}", session.id().value(), failure);
    return rooms.tell(session.room().id(), new ServerFact.RecorderFailed("not sealed"));
  }

  /** Nobody waits for it: the two are back in the room of all by then. */
  private Future<Void> endCaucus(RunningRoom caucus) {
    return recorder
        .end(caucus)
        .onSuccess(
            result -> log.info("caucus over room={} recorded={}", caucus.id(), result.isPresent()))
        .onFailure(
            failure -> log.error("caucus not sealed, tried again room={}", caucus.id(), failure))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }
}
