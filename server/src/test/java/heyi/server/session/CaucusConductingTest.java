package heyi.server.session;

import static heyi.server.session.ConductedRooms.AT;
import static heyi.server.session.ConductedRooms.PARTY;
import static heyi.server.session.ConductedRooms.next;
import static heyi.server.session.ConductedRooms.room;
import static heyi.server.session.ConductedRooms.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.ConferenceId;
import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.Sha256;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.session.RecordingState;
import heyi.recording.session.SealedRecording;
import heyi.server.casefile.SessionId;
import heyi.server.replay.RecordingStore;
import heyi.server.timeline.TimelineEvent;
import heyi.signaling.room.PauseReason;
import heyi.signaling.room.Phase;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.SeatId;
import heyi.signaling.room.TranscriptEntry;
import heyi.signaling.socket.ServerFact;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The room of a private talk beside that of its session, each with a recorder. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("民事调解规定 art. 5, R26: a caucus is recorded apart, and its content is nowhere else")
class CaucusConductingTest {
  private static final SeatId MEDIATOR = new SeatId("mediator");
  private static final ConferenceId ALL = new ConferenceId("room-1");
  private static final ConferenceId APART = new ConferenceId("caucus-1");

  private ConductedRooms rooms;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    rooms = new ConductedRooms(folder);
  }

  @AfterAll
  void stop() {
    rooms.close();
  }

  @Test
  void whatHappensInItIsInItsOwnLedgerOnly() throws Exception {
    SessionId session = rooms.newSession();
    FakeRecording joint = rooms.recorded(room(session), ALL);
    RoomId caucus = opened(session, 1);
    rooms.conductor.accept(new RoomEvent.RoomOpened(caucus, AT));
    rooms.conductor.accept(new RoomEvent.SeatJoined(caucus, AT, PARTY));
    rooms.conductor.accept(rooms.requested(caucus, APART));
    FakeRecorders.Start start = next(rooms.recorders.starts);
    assertThat(start.name()).isEqualTo(session.value() + "-caucus-1");
    assertThat(start.recordingClass()).isEqualTo(RecordingClass.SEALED);
    FakeRecording apart = new FakeRecording(start.name());
    start.answer().complete(apart);
    assertThat(next(rooms.told))
        .isEqualTo(new ConductedRooms.Told(caucus, new ServerFact.RecorderReady(APART)));

    rooms.conductor.accept(new RoomEvent.PhaseChanged(caucus, AT, Phase.LOBBY, Phase.JOINT, null));
    rooms.conductor.accept(
        new RoomEvent.TranscriptWritten(
            caucus, new TranscriptEntry.Line(1, AT, MEDIATOR, "key-1", AT, PARTY, "底线是五万元")));
    apart.receives(APART);
    assertThat(next(rooms.told))
        .isEqualTo(new ConductedRooms.Told(caucus, new ServerFact.RecorderReceiving(APART)));
    rooms.conductor.accept(new RoomEvent.CaucusEnded(room(session), AT, PARTY, 1));
    rooms.conductor.settled().await();

    assertThat(apart.ledger)
        .containsExactly(
            "room-opened",
            "seat-joined",
            "recording-requested",
            "phase-changed",
            "transcript-line");
    assertThat(joint.ledger)
        .containsExactly("recording-requested", "phase-changed", "caucus-opened", "caucus-ended");
    assertThat(rooms.timeline.of(session))
        .extracting(TimelineEvent::type)
        .containsExactlyElementsOf(joint.ledger);
    assertThat(rooms.timeline.of(new SessionId(caucus.value()))).isEmpty();
    assertThat(rooms.conductor.phase(session)).isEqualTo(Phase.PAUSED);
  }

  @Test
  void aCaucusThatNobodyOpenedIsNotTakenForASession() {
    RoomId nowhere = room(rooms.newSession()).caucus(3);

    rooms.conductor.accept(new RoomEvent.RoomOpened(nowhere, AT));
    rooms.conductor.accept(rooms.requested(nowhere, APART));
    rooms.conductor.settled().await();

    assertThat(rooms.recorders.starts).isEmpty();
    assertThat(rooms.told).isEmpty();
  }

  @Test
  void itIsRecordedOnceTheLedgerOfItsSessionSaysThatItIs() throws Exception {
    SessionId session = rooms.newSession();
    FakeRecording joint = rooms.recorded(room(session), ALL);
    Promise<Void> disk = Promise.promise();
    joint.disk = disk.future();
    RoomId caucus = opened(session, 1);
    rooms.conductor.accept(rooms.requested(caucus, APART));
    assertThat(rooms.recorders.starts).isEmpty();

    disk.complete();

    assertThat(next(rooms.recorders.starts).name()).isEqualTo(caucus.value());
  }

  @Test
  void aRecorderThatFailsInItGoesOnUnderTheSameNameAndClass() throws Exception {
    SessionId session = rooms.newSession();
    rooms.recorded(room(session), ALL);
    RoomId caucus = opened(session, 2);
    FakeRecording broken = rooms.recorded(caucus, APART);
    broken.state = RecordingState.FAILED;
    rooms.recorders.suspensions.add(
        Future.succeededFuture(
            Optional.of(suspended(caucus.value(), session, RecordingClass.SEALED))));

    rooms.conductor.accept(rooms.requested(caucus, APART));
    FakeRecorders.Start again = next(rooms.recorders.starts);
    again.answer().complete(new FakeRecording(caucus.value()));

    assertThat(again.name()).isEqualTo("resume " + caucus);
    assertThat(again.recordingClass()).isEqualTo(RecordingClass.SEALED);
    assertThat(next(rooms.told))
        .isEqualTo(new ConductedRooms.Told(caucus, new ServerFact.RecorderReady(APART)));
  }

  @Test
  void bothAreSealedAndTheSessionHasTheOneThatEverybodyHeard() throws Exception {
    SessionId session = rooms.newSession();
    FakeRecording joint = rooms.recorded(room(session), ALL);
    RoomId caucus = opened(session, 1);
    FakeRecording apart = rooms.recorded(caucus, APART);
    Promise<SealedRecording> sealing = Promise.promise();
    apart.closing = sealing.future();
    joint.closing = Future.succeededFuture(sealed(joint.id(), session, RecordingClass.JOINT));

    rooms.conductor.accept(new RoomEvent.RoomClosed(caucus, AT));
    rooms.conductor.accept(new RoomEvent.RoomClosed(room(session), AT));
    assertThat(next(rooms.told).fact()).isInstanceOf(ServerFact.SessionSealed.class);
    Future<Void> settled = rooms.conductor.settled();
    assertThat(settled.isComplete()).isFalse();
    sealing.complete(sealed(apart.id(), session, RecordingClass.SEALED));
    settled.await();

    assertThat(apart.ledger).endsWith("room-closed");
    RecordingStore.Sealed kept = rooms.recordings.sealed(session);
    assertThat(kept).isNotNull();
    assertThat(kept.recordingId()).isEqualTo(joint.id().value());
  }

  /** The mediator asks one party into a room apart. */
  private RoomId opened(SessionId session, int number) {
    RoomId joint = room(session);
    rooms.conductor.accept(
        new RoomEvent.PhaseChanged(joint, AT, Phase.JOINT, Phase.PAUSED, PauseReason.CAUCUS));
    rooms.conductor.accept(new RoomEvent.CaucusOpened(joint, AT, MEDIATOR, PARTY, number));
    return joint.caucus(number);
  }

  private static SealedRecording sealed(
      RecordingId id, SessionId session, RecordingClass recordingClass) {
    ObjectKey root = StoreLayout.root(recordingClass, id);
    return new SealedRecording(
        id,
        session.value(),
        recordingClass,
        Sha256.of(new byte[0]),
        AT,
        Duration.ofMinutes(1),
        List.of(),
        StoreLayout.manifest(root),
        Sha256.NONE,
        false);
  }
}
