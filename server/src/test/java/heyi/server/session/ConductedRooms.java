package heyi.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.ConferenceId;
import heyi.media.colibri2.BridgeClient;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeId;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.SessionClock;
import heyi.recording.session.SuspendedRecording;
import heyi.server.agreement.AgreementSigning;
import heyi.server.agreement.DocumentStore;
import heyi.server.casefile.CaseId;
import heyi.server.casefile.CaseStore;
import heyi.server.casefile.NewParty;
import heyi.server.casefile.PartyRole;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionStore;
import heyi.server.identity.Accounts;
import heyi.server.identity.Role;
import heyi.server.identity.Tokens;
import heyi.server.identity.UserId;
import heyi.server.replay.RecordingStore;
import heyi.server.signing.PdfSigner;
import heyi.server.signing.SigningAuthority;
import heyi.server.sql.Blocking;
import heyi.server.sql.Database;
import heyi.server.sql.DatabaseOptions;
import heyi.server.sql.PatientDatabase;
import heyi.server.timeline.TimelineStore;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.SeatId;
import heyi.signaling.socket.ServerFact;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A conductor with a database of its own, recorders that obey the test, and rooms that listen. */
final class ConductedRooms implements AutoCloseable {
  static final Instant AT = Instant.parse("2026-11-21T02:00:00Z");
  static final SeatId PARTY = new SeatId("party-1");
  private static final InstantSource CLOCK = InstantSource.fixed(AT);

  final Vertx vertx = Vertx.vertx();
  final Blocking blocking = new Blocking(vertx, 64);
  private final Tokens tokens = new Tokens(new SecureRandom());
  private final BridgeClient bridge =
      BridgeClientHttp.create(
          vertx, BridgeClientOptions.of(new BridgeId("nowhere"), URI.create("http://127.0.0.1:1")));
  private final Database database;
  private final CaseId caseId;
  final FakeRecorders recorders = new FakeRecorders();
  final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  final TimelineStore timeline;
  final RecordingStore recordings;
  final SessionRecords records;
  final SessionConductor conductor;

  record Told(RoomId room, ServerFact fact) {}

  ConductedRooms(Path folder) throws Exception {
    database = Database.open(DatabaseOptions.embedded(folder.resolve("postgres")));
    Accounts accounts = new Accounts(database.jdbi(), CLOCK, tokens, new SecureRandom());
    UserId mediator = accounts.add("mediator", "林调解", "secret-word", Set.of(Role.MEDIATOR));
    CaseStore cases = new CaseStore(database.jdbi(), CLOCK, tokens);
    caseId = cases.create("借款合同纠纷", mediator, List.of(new NewParty(PartyRole.APPLICANT, "陈示例")));
    SigningAuthority authority =
        SigningAuthority.open(folder.resolve("keys.p12"), CLOCK, new SecureRandom());
    timeline = new TimelineStore(database.jdbi());
    recordings = new RecordingStore(database.jdbi());
    records = new SessionRecords(sessions(), recordings, timeline, _ -> {});
    conductor =
        new SessionConductor(
            records,
            new AgreementSigning(
                cases,
                new DocumentStore(database.jdbi(), CLOCK),
                tokens,
                new PdfSigner(authority, CLOCK),
                authority),
            recorders,
            new Rooms(),
            new PatientDatabase(vertx, blocking),
            CLOCK);
  }

  @Override
  public void close() {
    database.close();
    vertx.close().await();
  }

  SessionStore sessions() {
    return new SessionStore(database.jdbi(), CLOCK, tokens);
  }

  SessionId newSession() {
    return sessions().create(caseId);
  }

  static RoomId room(SessionId session) {
    return new RoomId(session.value());
  }

  static RoomEvent joined(SessionId session) {
    return new RoomEvent.SeatJoined(room(session), AT, PARTY);
  }

  RoomEvent requested(SessionId session, ConferenceId conference) {
    return requested(room(session), conference);
  }

  RoomEvent requested(RoomId room, ConferenceId conference) {
    return new RoomEvent.RecordingRequested(room, AT, conference, bridge);
  }

  /** The room asks for a recording, and gets this one. */
  FakeRecording recorded(RoomId room, ConferenceId conference) throws InterruptedException {
    conductor.accept(requested(room, conference));
    FakeRecorders.Start start = next(recorders.starts);
    FakeRecording recording = new FakeRecording(start.name());
    start.answer().complete(recording);
    assertThat(next(told)).isEqualTo(new Told(room, new ServerFact.RecorderReady(conference)));
    return recording;
  }

  static SuspendedRecording suspended(
      String name, SessionId session, RecordingClass recordingClass) {
    return new SuspendedRecording(
        new RecordingId(name),
        session.value(),
        recordingClass,
        AT,
        new SessionClock.Reading(AT.plusSeconds(2), Duration.ofSeconds(2)),
        2_000,
        0,
        SuspendedRecording.SERVER_RESTART,
        List.of());
  }

  static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T value = queue.poll(20, TimeUnit.SECONDS);
    assertThat(value).as("nothing came within 20 s").isNotNull();
    return value;
  }

  private final class Rooms implements RoomLink {
    @Override
    public Future<Void> tell(RoomId room, ServerFact fact) {
      told.add(new Told(room, fact));
      return Future.succeededFuture();
    }

    @Override
    public void retire(SessionId session) {}
  }
}
