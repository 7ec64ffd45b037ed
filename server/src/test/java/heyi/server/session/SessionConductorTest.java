package heyi.server.session;

import static heyi.server.session.ConductedRooms.AT;
import static heyi.server.session.ConductedRooms.PARTY;
import static heyi.server.session.ConductedRooms.joined;
import static heyi.server.session.ConductedRooms.next;
import static heyi.server.session.ConductedRooms.room;
import static heyi.server.session.ConductedRooms.suspended;
import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.ConferenceId;
import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.recording.RecordingClass;
import heyi.recording.session.RecordingState;
import heyi.recording.session.SourceReception;
import heyi.server.casefile.SessionId;
import heyi.server.timeline.RoomTimeline;
import heyi.server.timeline.TimelineEvent;
import heyi.signaling.room.HeardSource;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.SeatId;
import heyi.signaling.socket.ServerFact;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
  private static final ConferenceId FIRST = new ConferenceId("room-1");
  private static final ConferenceId SECOND = new ConferenceId("room-2");

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
  void whatHappensBeforeTheRecorderIsConnectedIsInItsLedgerFirst() throws Exception {
    SessionId session = rooms.newSession();
    rooms.conductor.accept(joined(session));
    rooms.conductor.accept(rooms.requested(session, FIRST));
    FakeRecorders.Start start = next(rooms.recorders.starts);
    rooms.conductor.accept(new RoomEvent.SeatDropped(room(session), AT, PARTY));

    FakeRecording recording = new FakeRecording(start.name());
    start.answer().complete(recording);

    assertThat(next(rooms.told))
        .isEqualTo(new ConductedRooms.Told(room(session), new ServerFact.RecorderReady(FIRST)));
    rooms.conductor.settled().await();
    List<String> inTimeline = rooms.timeline.of(session).stream().map(TimelineEvent::type).toList();
    assertThat(recording.ledger).isEqualTo(inTimeline).hasSize(3);
    assertThat(recording.ledger.getFirst()).isEqualTo("seat-joined");
    assertThat(recording.ledger.getLast()).isEqualTo("seat-dropped");
  }

  @Test
  void aRecorderThatDoesNotStartIsToldAndTheNextHasAnotherName() throws Exception {
    SessionId session = rooms.newSession();
    rooms.conductor.accept(rooms.requested(session, FIRST));
    FakeRecorders.Start first = next(rooms.recorders.starts);
    first.answer().fail("no bridge");

    assertThat(next(rooms.told).fact()).isInstanceOf(ServerFact.RecorderFailed.class);
    rooms.conductor.accept(rooms.requested(session, FIRST));
    FakeRecorders.Start second = next(rooms.recorders.starts);
    second.answer().complete(new FakeRecording(second.name()));

    assertThat(next(rooms.told).fact()).isEqualTo(new ServerFact.RecorderReady(FIRST));
    assertThat(second.name()).isNotEqualTo(first.name()).startsWith(session.value());
    rooms.conductor.settled().await();
    assertThat(rooms.timeline.of(session))
        .extracting(TimelineEvent::type)
        .contains("recorder-failed");
  }

  @Test
  void aNewConferenceMovesTheRecordingUntilItIsThereAndStartsNoSecond() throws Exception {
    SessionId session = rooms.newSession();
    FakeRecording recording = recorded(session);

    recording.moveAnswers.add(Future.failedFuture("no answer"));
    rooms.conductor.accept(rooms.requested(session, SECOND));
    assertThat(next(rooms.told).fact()).isInstanceOf(ServerFact.RecorderFailed.class);
    recording.moveAnswers.add(Future.succeededFuture());
    rooms.conductor.accept(rooms.requested(session, SECOND));
    assertThat(next(rooms.told).fact()).isEqualTo(new ServerFact.RecorderReady(SECOND));
    rooms.conductor.accept(rooms.requested(session, SECOND));
    assertThat(next(rooms.told).fact()).isEqualTo(new ServerFact.RecorderReady(SECOND));

    assertThat(recording.moves).containsExactly(SECOND, SECOND);
    assertThat(rooms.recorders.starts).isEmpty();
  }

  @Test
  void theRoomHearsFromWhichConferenceTheRecorderReceives() throws Exception {
    SessionId session = rooms.newSession();
    FakeRecording recording = recorded(session);

    recording.receives(FIRST);
    recording.receives(SECOND);

    assertThat(next(rooms.told))
        .isEqualTo(new ConductedRooms.Told(room(session), new ServerFact.RecorderReceiving(FIRST)));
    assertThat(next(rooms.told))
        .isEqualTo(
            new ConductedRooms.Told(room(session), new ServerFact.RecorderReceiving(SECOND)));
  }

  @Test
  void theRoomHearsOfEachSourceWhetherItIsReceived() throws Exception {
    SessionId session = rooms.newSession();
    FakeRecording recording = recorded(session);

    recording.hears(
        new SourceReception(
            new SourceName("party-1-1-a0"),
            "party-1",
            MediaKind.AUDIO,
            7,
            SourceReception.Standing.GIVEN_UP));

    HeardSource heard = new HeardSource(PARTY, MediaKind.AUDIO, 7, HeardSource.Standing.GIVEN_UP);
    assertThat(next(rooms.told))
        .isEqualTo(
            new ConductedRooms.Told(
                room(session), new ServerFact.RecorderHears(FIRST, List.of(heard))));
  }

  @Test
  void aSessionWhoseRecorderHangsHoldsNobodyElseUp() throws Exception {
    SessionId hanging = rooms.newSession();
    rooms.conductor.accept(rooms.requested(hanging, FIRST));
    FakeRecorders.Start never = next(rooms.recorders.starts);

    SessionId other = rooms.newSession();
    recorded(other);

    never.answer().fail("gave up");
    assertThat(next(rooms.told).room()).isEqualTo(room(hanging));
  }

  @Test
  void aFailedRecordingGoesOnAsSoonAsItsFilesAreInOrder() throws Exception {
    SessionId session = rooms.newSession();
    FakeRecording broken = recorded(session);
    broken.state = RecordingState.FAILED;
    rooms.recorders.suspensions.add(Future.failedFuture("the disk is full"));
    rooms.conductor.accept(rooms.requested(session, FIRST));
    assertThat(next(rooms.told).fact()).isInstanceOf(ServerFact.RecorderFailed.class);

    rooms.recorders.suspensions.add(
        Future.succeededFuture(
            Optional.of(suspended(broken.id().value(), session, RecordingClass.JOINT))));
    rooms.conductor.accept(rooms.requested(session, FIRST));
    FakeRecorders.Start again = next(rooms.recorders.starts);
    again.answer().complete(new FakeRecording(broken.id().value()));

    assertThat(again.name()).isEqualTo("resume " + broken.id());
    assertThat(next(rooms.told).fact()).isEqualTo(new ServerFact.RecorderReady(FIRST));
  }

  @Test
  void aRecordingDamagedBeyondGoingOnIsFollowedByAnother() throws Exception {
    SessionId session = rooms.newSession();
    FakeRecording broken = recorded(session);
    broken.state = RecordingState.FAILED;
    rooms.recorders.suspensions.add(Future.succeededFuture(Optional.empty()));

    rooms.conductor.accept(rooms.requested(session, FIRST));
    FakeRecorders.Start second = next(rooms.recorders.starts);
    second.answer().complete(new FakeRecording(second.name()));

    assertThat(next(rooms.told).fact()).isEqualTo(new ServerFact.RecorderReady(FIRST));
    assertThat(broken.moves).isEmpty();
  }

  @Test
  void aClosedRoomHearsThatTheRecorderHasLeftWhenItHas() throws Exception {
    SessionId session = rooms.newSession();
    FakeRecording recording = recorded(session);
    rooms.conductor.accept(new RoomEvent.RoomClosed(room(session), AT));
    rooms.conductor.settled().await();
    assertThat(next(rooms.told).fact()).isEqualTo(new ServerFact.RecorderFailed("not sealed"));

    recording.left();

    assertThat(next(rooms.told))
        .isEqualTo(new ConductedRooms.Told(room(session), new ServerFact.RecorderLeft()));
  }

  @Test
  void aClosedRoomThatWasNeverRecordedHearsItAtOnce() throws Exception {
    SessionId session = rooms.newSession();

    rooms.conductor.accept(new RoomEvent.RoomClosed(room(session), AT));

    assertThat(next(rooms.told))
        .isEqualTo(new ConductedRooms.Told(room(session), new ServerFact.RecorderLeft()));
  }

  private FakeRecording recorded(SessionId session) throws InterruptedException {
    return rooms.recorded(room(session), FIRST);
  }

  @Test
  void aSessionThatAKilledServerLeftGoesOnInItsRecording() throws Exception {
    SessionId session = rooms.newSession();
    String name = session.value() + "-3";
    rooms.conductor.resume(
        session, new PastSession(List.of(), suspended(name, session, RecordingClass.JOINT)));
    rooms.conductor.accept(rooms.requested(session, SECOND));
    FakeRecorders.Start again = next(rooms.recorders.starts);
    assertThat(again.name()).isEqualTo("resume " + name);
    again.answer().fail("no bridge yet");
    assertThat(next(rooms.told).fact()).isInstanceOf(ServerFact.RecorderFailed.class);

    rooms.conductor.accept(rooms.requested(session, SECOND));
    FakeRecorders.Start third = next(rooms.recorders.starts);
    assertThat(third.name()).isEqualTo("resume " + name);
    FakeRecording recording = new FakeRecording(name);
    third.answer().complete(recording);

    assertThat(next(rooms.told).fact()).isEqualTo(new ServerFact.RecorderReady(SECOND));
    recording.state = RecordingState.FAILED;
    rooms.recorders.suspensions.add(Future.succeededFuture(Optional.empty()));
    rooms.conductor.accept(rooms.requested(session, SECOND));
    FakeRecorders.Start another = next(rooms.recorders.starts);
    assertThat(another.name()).isEqualTo(session.value() + "-4");
    another.answer().fail("no bridge");
    assertThat(next(rooms.told).fact()).isInstanceOf(ServerFact.RecorderFailed.class);
  }

  @Test
  void whatIsOffTheRecordStaysSoUntilTheMediatorSaysOtherwise() throws Exception {
    SessionId session = rooms.newSession();
    SeatId mediator = new SeatId("mediator");
    FakeRecording recording = recorded(session);
    rooms.conductor.accept(new RoomEvent.RecordWithheld(room(session), AT, mediator, "商业秘密"));
    assertThat(next(rooms.told).fact()).isEqualTo(new ServerFact.RecorderRests(FIRST));

    rooms.conductor.accept(rooms.requested(session, FIRST));
    assertThat(next(rooms.told).fact()).isEqualTo(new ServerFact.RecorderReady(FIRST));
    assertThat(next(rooms.told).fact()).isEqualTo(new ServerFact.RecorderRests(FIRST));

    rooms.conductor.accept(new RoomEvent.RecordResumed(room(session), AT, mediator));
    assertThat(next(rooms.told).fact()).isEqualTo(new ServerFact.RecorderReceiving(FIRST));
    assertThat(recording.ledger)
        .containsSubsequence("record-withheld", "off-record 商业秘密", "record-resumed", "on-record");
  }

  @Test
  void aRecordingThatGoesOnAfterAKillIsOffTheRecordBeforeAnybodyMaySend() throws Exception {
    SessionId session = rooms.newSession();
    String name = session.value() + "-1";
    RoomEvent withheld =
        new RoomEvent.RecordWithheld(room(session), AT, new SeatId("mediator"), "商业秘密");
    rooms.conductor.resume(
        session,
        new PastSession(
            List.of(RoomTimeline.of(withheld)), suspended(name, session, RecordingClass.JOINT)));
    rooms.conductor.accept(rooms.requested(session, SECOND));
    FakeRecording recording = new FakeRecording(name);
    next(rooms.recorders.starts).answer().complete(recording);

    assertThat(next(rooms.told).fact()).isInstanceOf(ServerFact.RecorderRests.class);
    assertThat(next(rooms.told).fact()).isEqualTo(new ServerFact.RecorderReady(SECOND));
    assertThat(next(rooms.told).fact()).isEqualTo(new ServerFact.RecorderRests(SECOND));
    assertThat(recording.ledger).contains("off-record 商业秘密");
  }
}
