package heyi.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.ConferenceId;
import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.media.colibri2.BridgeClient;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeId;
import heyi.recording.RecordingId;
import heyi.recording.SessionClock;
import heyi.recording.session.RecordingState;
import heyi.recording.session.SourceReception;
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
import heyi.server.timeline.RoomTimeline;
import heyi.server.timeline.TimelineEvent;
import heyi.server.timeline.TimelineStore;
import heyi.signaling.room.HeardSource;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events of rooms, with recorders that start, fail and move when the test says so. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("R26: what a room does becomes one recording, in the order in which it happened")
class SessionConductorTest {
  private static final Instant AT = Instant.parse("2026-11-21T02:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(AT);
  private static final SeatId PARTY = new SeatId("party-1");
  private static final ConferenceId FIRST = new ConferenceId("room-1");
  private static final ConferenceId SECOND = new ConferenceId("room-2");

  private final Vertx vertx = Vertx.vertx();
  private final Blocking blocking = new Blocking(vertx, 64);
  private final Tokens tokens = new Tokens(new SecureRandom());
  private final BridgeClient bridge =
      BridgeClientHttp.create(
          vertx, BridgeClientOptions.of(new BridgeId("nowhere"), URI.create("http://127.0.0.1:1")));
  private final FakeRecorders recorders = new FakeRecorders();
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private Database database;
  private SessionConductor conductor;
  private CaseId caseId;
  private TimelineStore timeline;

  private record Told(SessionId session, ServerFact fact) {}

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    database = Database.open(DatabaseOptions.embedded(folder.resolve("postgres")));
    Accounts accounts = new Accounts(database.jdbi(), CLOCK, tokens, new SecureRandom());
    UserId mediator = accounts.add("mediator", "林调解", "secret-word", Set.of(Role.MEDIATOR));
    CaseStore cases = new CaseStore(database.jdbi(), CLOCK, tokens);
    caseId = cases.create("借款合同纠纷", mediator, List.of(new NewParty(PartyRole.APPLICANT, "陈示例")));
    SigningAuthority authority =
        SigningAuthority.open(folder.resolve("keys.p12"), CLOCK, new SecureRandom());
    timeline = new TimelineStore(database.jdbi());
    conductor =
        new SessionConductor(
            new SessionRecords(sessions(), new RecordingStore(database.jdbi()), timeline, _ -> {}),
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

  @AfterAll
  void stop() {
    database.close();
    vertx.close().await();
  }

  @Test
  void whatHappensBeforeTheRecorderIsConnectedIsInItsLedgerFirst() throws Exception {
    SessionId session = newSession();
    conductor.accept(joined(session));
    conductor.accept(requested(session, FIRST));
    FakeRecorders.Start start = next(recorders.starts);
    conductor.accept(new RoomEvent.SeatDropped(room(session), AT, PARTY));

    FakeRecording recording = new FakeRecording(start.name());
    start.answer().complete(recording);

    assertThat(next(told)).isEqualTo(new Told(session, new ServerFact.RecorderReady(FIRST)));
    conductor.settled().await();
    List<String> inTimeline = timeline.of(session).stream().map(TimelineEvent::type).toList();
    assertThat(recording.ledger).isEqualTo(inTimeline).hasSize(3);
    assertThat(recording.ledger.getFirst()).isEqualTo("seat-joined");
    assertThat(recording.ledger.getLast()).isEqualTo("seat-dropped");
  }

  @Test
  void aRecorderThatDoesNotStartIsToldAndTheNextHasAnotherName() throws Exception {
    SessionId session = newSession();
    conductor.accept(requested(session, FIRST));
    FakeRecorders.Start first = next(recorders.starts);
    first.answer().fail("no bridge");

    assertThat(next(told).fact()).isInstanceOf(ServerFact.RecorderFailed.class);
    conductor.accept(requested(session, FIRST));
    FakeRecorders.Start second = next(recorders.starts);
    second.answer().complete(new FakeRecording(second.name()));

    assertThat(next(told).fact()).isEqualTo(new ServerFact.RecorderReady(FIRST));
    assertThat(second.name()).isNotEqualTo(first.name()).startsWith(session.value());
    conductor.settled().await();
    assertThat(timeline.of(session)).extracting(TimelineEvent::type).contains("recorder-failed");
  }

  @Test
  void aNewConferenceMovesTheRecordingUntilItIsThereAndStartsNoSecond() throws Exception {
    SessionId session = newSession();
    FakeRecording recording = recorded(session);

    recording.moveAnswers.add(Future.failedFuture("no answer"));
    conductor.accept(requested(session, SECOND));
    assertThat(next(told).fact()).isInstanceOf(ServerFact.RecorderFailed.class);
    recording.moveAnswers.add(Future.succeededFuture());
    conductor.accept(requested(session, SECOND));
    assertThat(next(told).fact()).isEqualTo(new ServerFact.RecorderReady(SECOND));
    conductor.accept(requested(session, SECOND));
    assertThat(next(told).fact()).isEqualTo(new ServerFact.RecorderReady(SECOND));

    assertThat(recording.moves).containsExactly(SECOND, SECOND);
    assertThat(recorders.starts).isEmpty();
  }

  @Test
  void theRoomHearsFromWhichConferenceTheRecorderReceives() throws Exception {
    SessionId session = newSession();
    FakeRecording recording = recorded(session);

    recording.receives(FIRST);
    recording.receives(SECOND);

    assertThat(next(told)).isEqualTo(new Told(session, new ServerFact.RecorderReceiving(FIRST)));
    assertThat(next(told)).isEqualTo(new Told(session, new ServerFact.RecorderReceiving(SECOND)));
  }

  @Test
  void theRoomHearsOfEachSourceWhetherItIsReceived() throws Exception {
    SessionId session = newSession();
    FakeRecording recording = recorded(session);

    recording.hears(
        new SourceReception(
            new SourceName("party-1-1-a0"),
            "party-1",
            MediaKind.AUDIO,
            7,
            SourceReception.Standing.GIVEN_UP));

    HeardSource heard = new HeardSource(PARTY, MediaKind.AUDIO, 7, HeardSource.Standing.GIVEN_UP);
    assertThat(next(told))
        .isEqualTo(new Told(session, new ServerFact.RecorderHears(FIRST, List.of(heard))));
  }

  @Test
  void aSessionWhoseRecorderHangsHoldsNobodyElseUp() throws Exception {
    SessionId hanging = newSession();
    conductor.accept(requested(hanging, FIRST));
    FakeRecorders.Start never = next(recorders.starts);

    SessionId other = newSession();
    recorded(other);

    never.answer().fail("gave up");
    assertThat(next(told).session()).isEqualTo(hanging);
  }

  @Test
  void aFailedRecordingGoesOnAsSoonAsItsFilesAreInOrder() throws Exception {
    SessionId session = newSession();
    FakeRecording broken = recorded(session);
    broken.state = RecordingState.FAILED;
    recorders.suspensions.add(Future.failedFuture("the disk is full"));
    conductor.accept(requested(session, FIRST));
    assertThat(next(told).fact()).isInstanceOf(ServerFact.RecorderFailed.class);

    recorders.suspensions.add(
        Future.succeededFuture(Optional.of(suspended(broken.id().value(), session))));
    conductor.accept(requested(session, FIRST));
    FakeRecorders.Start again = next(recorders.starts);
    again.answer().complete(new FakeRecording(broken.id().value()));

    assertThat(again.name()).isEqualTo("resume " + broken.id());
    assertThat(next(told).fact()).isEqualTo(new ServerFact.RecorderReady(FIRST));
  }

  @Test
  void aRecordingDamagedBeyondGoingOnIsFollowedByAnother() throws Exception {
    SessionId session = newSession();
    FakeRecording broken = recorded(session);
    broken.state = RecordingState.FAILED;
    recorders.suspensions.add(Future.succeededFuture(Optional.empty()));

    conductor.accept(requested(session, FIRST));
    FakeRecorders.Start second = next(recorders.starts);
    second.answer().complete(new FakeRecording(second.name()));

    assertThat(next(told).fact()).isEqualTo(new ServerFact.RecorderReady(FIRST));
    assertThat(broken.moves).isEmpty();
  }

  @Test
  void aClosedRoomHearsThatTheRecorderHasLeftWhenItHas() throws Exception {
    SessionId session = newSession();
    FakeRecording recording = recorded(session);
    conductor.accept(new RoomEvent.RoomClosed(room(session), AT));
    conductor.settled().await();
    assertThat(next(told).fact()).isEqualTo(new ServerFact.RecorderFailed("not sealed"));

    recording.left();

    assertThat(next(told)).isEqualTo(new Told(session, new ServerFact.RecorderLeft()));
  }

  @Test
  void aClosedRoomThatWasNeverRecordedHearsItAtOnce() throws Exception {
    SessionId session = newSession();

    conductor.accept(new RoomEvent.RoomClosed(room(session), AT));

    assertThat(next(told)).isEqualTo(new Told(session, new ServerFact.RecorderLeft()));
  }

  private FakeRecording recorded(SessionId session) throws InterruptedException {
    conductor.accept(requested(session, FIRST));
    FakeRecorders.Start start = next(recorders.starts);
    FakeRecording recording = new FakeRecording(start.name());
    start.answer().complete(recording);
    assertThat(next(told)).isEqualTo(new Told(session, new ServerFact.RecorderReady(FIRST)));
    return recording;
  }

  @Test
  void aSessionThatAKilledServerLeftGoesOnInItsRecording() throws Exception {
    SessionId session = newSession();
    String name = session.value() + "-3";
    conductor.resume(session, new PastSession(List.of(), suspended(name, session)));
    conductor.accept(requested(session, SECOND));
    FakeRecorders.Start again = next(recorders.starts);
    assertThat(again.name()).isEqualTo("resume " + name);
    again.answer().fail("no bridge yet");
    assertThat(next(told).fact()).isInstanceOf(ServerFact.RecorderFailed.class);

    conductor.accept(requested(session, SECOND));
    FakeRecorders.Start third = next(recorders.starts);
    assertThat(third.name()).isEqualTo("resume " + name);
    FakeRecording recording = new FakeRecording(name);
    third.answer().complete(recording);

    assertThat(next(told).fact()).isEqualTo(new ServerFact.RecorderReady(SECOND));
    recording.state = RecordingState.FAILED;
    recorders.suspensions.add(Future.succeededFuture(Optional.empty()));
    conductor.accept(requested(session, SECOND));
    FakeRecorders.Start another = next(recorders.starts);
    assertThat(another.name()).isEqualTo(session.value() + "-4");
    another.answer().fail("no bridge");
    assertThat(next(told).fact()).isInstanceOf(ServerFact.RecorderFailed.class);
  }

  @Test
  void whatIsOffTheRecordStaysSoUntilTheMediatorSaysOtherwise() throws Exception {
    SessionId session = newSession();
    SeatId mediator = new SeatId("mediator");
    FakeRecording recording = recorded(session);
    conductor.accept(new RoomEvent.RecordWithheld(room(session), AT, mediator, "商业秘密"));
    assertThat(next(told).fact()).isEqualTo(new ServerFact.RecorderRests(FIRST));

    conductor.accept(requested(session, FIRST));
    assertThat(next(told).fact()).isEqualTo(new ServerFact.RecorderReady(FIRST));
    assertThat(next(told).fact()).isEqualTo(new ServerFact.RecorderRests(FIRST));

    conductor.accept(new RoomEvent.RecordResumed(room(session), AT, mediator));
    assertThat(next(told).fact()).isEqualTo(new ServerFact.RecorderReceiving(FIRST));
    assertThat(recording.ledger)
        .containsSubsequence("record-withheld", "off-record 商业秘密", "record-resumed", "on-record");
  }

  @Test
  void aRecordingThatGoesOnAfterAKillIsOffTheRecordBeforeAnybodyMaySend() throws Exception {
    SessionId session = newSession();
    String name = session.value() + "-1";
    RoomEvent withheld =
        new RoomEvent.RecordWithheld(room(session), AT, new SeatId("mediator"), "商业秘密");
    conductor.resume(
        session, new PastSession(List.of(RoomTimeline.of(withheld)), suspended(name, session)));
    conductor.accept(requested(session, SECOND));
    FakeRecording recording = new FakeRecording(name);
    next(recorders.starts).answer().complete(recording);

    assertThat(next(told).fact()).isInstanceOf(ServerFact.RecorderRests.class);
    assertThat(next(told).fact()).isEqualTo(new ServerFact.RecorderReady(SECOND));
    assertThat(next(told).fact()).isEqualTo(new ServerFact.RecorderRests(SECOND));
    assertThat(recording.ledger).contains("off-record 商业秘密");
  }

  private static SuspendedRecording suspended(String name, SessionId session) {
    return new SuspendedRecording(
        new RecordingId(name),
        session.value(),
        AT,
        new SessionClock.Reading(AT.plusSeconds(2), Duration.ofSeconds(2)),
        2_000,
        0,
        SuspendedRecording.SERVER_RESTART,
        List.of());
  }

  private SessionStore sessions() {
    return new SessionStore(database.jdbi(), CLOCK, tokens);
  }

  private SessionId newSession() {
    return sessions().create(caseId);
  }

  private static RoomId room(SessionId session) {
    return new RoomId(session.value());
  }

  private static RoomEvent joined(SessionId session) {
    return new RoomEvent.SeatJoined(room(session), AT, PARTY);
  }

  private RoomEvent requested(SessionId session, ConferenceId conference) {
    return new RoomEvent.RecordingRequested(room(session), AT, conference, bridge);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T value = queue.poll(20, TimeUnit.SECONDS);
    assertThat(value).as("nothing came within 20 s").isNotNull();
    return value;
  }

  private final class Rooms implements RoomLink {
    @Override
    public Future<Void> tell(SessionId session, ServerFact fact) {
      told.add(new Told(session, fact));
      return Future.succeededFuture();
    }

    @Override
    public void retire(SessionId session) {}
  }
}
