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
import heyi.server.timeline.TimelineEvent;
import heyi.signaling.room.Phase;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomEvent.HeldBack;
import heyi.signaling.room.RoomEvent.MuteChanged;
import heyi.signaling.room.RoomEvent.RecordResumed;
import heyi.signaling.room.RoomEvent.RecordWithheld;
import heyi.signaling.room.RoomEvent.RecordingRequested;
import heyi.signaling.room.RoomEvent.SourceAdded;
import heyi.signaling.room.RoomEvent.SourceRemoved;
import heyi.signaling.room.RoomId;
import heyi.signaling.socket.ServerFact;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the recording of a room in step with the room: of a session's, and of a caucus's.
 *
 * <p><b>Threads</b>: what is said of a room is said in its lane.
 *
 * @param recorder starts and ends recordings
 * @param rooms hear how the recorder does
 */
record RoomRecorder(RecordingStarter recorder, RoomLink rooms, InstantSource clock) {
  private static final Logger log = LoggerFactory.getLogger(RoomRecorder.class);

  /** Writes the event down: in the index where it has one, in the ledger once there is one. */
  Future<Void> note(RunningRoom room, TimelineEvent event) {
    Recording recording = room.recording();
    Future<Void> ledger = done();
    if (recording == null) {
      room.hold(event);
    } else {
      ledger =
          recording
              .event(new LedgerEvent(event.type(), event.forLedger()))
              .<Void>mapEmpty()
              .recover(failure -> keepFor(room, event, failure));
    }
    room.index(event);
    return ledger;
  }

  /** The recorder may come back; what has to be done for the event is done in any case. */
  private static Future<Void> keepFor(RunningRoom room, TimelineEvent event, Throwable failure) {
    log.warn("not in the ledger yet room={} event={}", room.id(), event.type(), failure);
    room.hold(event);
    return done();
  }

  /** Does what the event asks of the recording; other events ask nothing. */
  Future<Void> act(RunningRoom room, RoomEvent event) {
    return switch (event) {
      case RecordingRequested e -> record(room, e);
      case SourceAdded e ->
          room.sourceAdded(
              new RecordedSource(e.endpoint(), e.seat().value(), e.seat().value(), e.source()));
      case SourceRemoved e -> {
        room.sourceRemoved(e.source());
        Recording recording = room.recording();
        yield recording == null ? done() : recording.sourceRemoved(e.source());
      }
      case HeldBack e -> room.heldBack(e.held());
      case RecordWithheld e -> room.withheld(e.why());
      case RecordResumed _ -> room.withheld(null);
      case MuteChanged e -> room.muted(e.seat().value(), e.kind(), e.muted());
      default -> done();
    };
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  private Future<Void> record(RunningRoom room, RecordingRequested request) {
    room.talksIn(request.conference());
    Recording before = room.recording();
    if (before != null && room.isRecorded()) {
      return room.records(request.conference())
          ? ready(room, before, request.conference())
          : move(room, before, request);
    }
    return breakOff(room, before)
        .compose(_ -> connect(room, request))
        .compose(recording -> started(room, recording, request.conference()))
        .recover(failure -> recorderFailed(room, failure));
  }

  private Future<Void> breakOff(RunningRoom room, @Nullable Recording failed) {
    return failed == null
        ? done()
        : recorder.suspend(failed.id()).onSuccess(room::brokenOff).mapEmpty();
  }

  private Future<Recording> connect(RunningRoom room, RecordingRequested request) {
    SuspendedRecording suspended = room.suspended();
    return suspended == null
        ? recorder.start(
            room.nextRecordingName(),
            room.session(),
            room.recordingClass(),
            request.conference(),
            request.bridge())
        : recorder.resume(suspended, request.conference(), request.bridge());
  }

  /** The room talks elsewhere now: the recording follows, so that a room has one of them. */
  private Future<Void> move(RunningRoom room, Recording recording, RecordingRequested request) {
    return recording
        .moveTo(request.conference(), request.bridge())
        .compose(
            _ -> {
              room.recording(recording, request.conference());
              log.info("recorder moved room={}", room.id());
              return ready(room, recording, request.conference());
            })
        .recover(failure -> recorderFailed(room, failure));
  }

  private Future<Void> started(RunningRoom room, Recording recording, ConferenceId conference) {
    room.recording(recording, conference);
    recording.listen(new Light(room, recording));
    log.info("recorder connected room={} recording={}", room.id(), recording.id());
    Future<Void> written = done();
    for (TimelineEvent event : room.takeHeld()) {
      LedgerEvent entry = new LedgerEvent(event.type(), event.forLedger());
      written = written.compose(_ -> recording.event(entry).mapEmpty());
    }
    return written
        .compose(_ -> room.obey(recording))
        .compose(_ -> room.announceAll(recording))
        .compose(_ -> ready(room, recording, conference));
  }

  /** People may send: the recorder is there, and does not keep what is off the record. */
  private Future<Void> ready(RunningRoom room, Recording recording, ConferenceId conference) {
    return rooms
        .tell(room.id(), new ServerFact.RecorderReady(conference))
        .compose(
            _ ->
                recording.state() == RecordingState.RESTING
                    ? rooms.tell(room.id(), new ServerFact.RecorderRests(conference))
                    : done());
  }

  private Future<Void> recorderFailed(RunningRoom room, Throwable failure) {
    log.warn("recorder did not start room={}", room.id(), failure);
    TimelineEvent event =
        new TimelineEvent(
            clock.instant(), "recorder-failed", null, JsonNodeFactory.instance.objectNode());
    return note(room, event)
        .eventually(
            () -> rooms.tell(room.id(), new ServerFact.RecorderFailed("recorder did not connect")));
  }

  /**
   * Seals what was recorded of a room that is closed.
   *
   * @return empty when nothing was recorded
   */
  Future<Optional<SealedRecording>> end(RunningRoom room) {
    Recording recording = room.recording();
    SuspendedRecording suspended = room.suspended();
    room.endRecording();
    if (recording != null) {
      return recording.close().map(Optional::of);
    }
    recorderLeft(room.id());
    return suspended == null
        ? Future.succeededFuture(Optional.empty())
        : recorder.giveUp(suspended.id()).map(Optional::of);
  }

  private void recorderLeft(RoomId room) {
    rooms
        .tell(room, new ServerFact.RecorderLeft())
        .onFailure(f -> log.warn("room not told room={}", room, f));
  }

  /** Shows everyone in the room whether the recorder receives. */
  private final class Light implements RecordingListener {
    private final RunningRoom running;
    private final RoomId room;
    private final Recording recording;

    Light(RunningRoom running, Recording recording) {
      this.running = running;
      this.recording = recording;
      this.room = running.id();
    }

    @Override
    public void onReception(List<SourceReception> sources) {
      told(rooms.tell(room, RoomReception.of(recording.conference(), sources)));
    }

    @Override
    public void onLeft() {
      recorderLeft(room);
    }

    @Override
    public void onState(RecordingState state, String reason) {
      log.info("recording room={} state={}", room, state);
      if (running.phase() == Phase.CLOSED) {
        return;
      }
      told(
          switch (state) {
            case RECEIVING ->
                rooms.tell(room, new ServerFact.RecorderReceiving(recording.conference()));
            case RESTING -> rooms.tell(room, new ServerFact.RecorderRests(recording.conference()));
            case STALLED, FAILED -> rooms.tell(room, new ServerFact.RecorderFailed(reason));
            case STARTING, SEALING, VERIFIED -> done();
          });
    }

    private void told(Future<Void> told) {
      told.onFailure(f -> log.warn("room not told room={}", room, f));
    }
  }
}
