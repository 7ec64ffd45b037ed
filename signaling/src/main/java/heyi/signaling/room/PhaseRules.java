package heyi.signaling.room;

import heyi.signaling.room.Decision.Accepted;
import heyi.signaling.room.Decision.Refused;
import heyi.signaling.room.RoomCommand.Advance;
import heyi.signaling.room.RoomCommand.WithholdRecord;
import heyi.signaling.room.RoomEvent.PhaseChanged;
import heyi.signaling.room.RoomEvent.RecordResumed;
import heyi.signaling.room.RoomEvent.RecordWithheld;
import heyi.signaling.room.RoomEvent.RoomClosed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a session moves from phase to phase, and what the recorder's state does to it. */
final class PhaseRules {
  private PhaseRules() {}

  static Decision advance(RoomState state, Advance command, Instant at) {
    var seat = state.seat(command.by());
    if (seat.isEmpty()) {
      return new Refused(RefusalReason.UNKNOWN_SEAT);
    }
    if (seat.get().spec().role() != Role.MEDIATOR) {
      return new Refused(RefusalReason.NOT_ALLOWED);
    }
    if (state.phase() == command.to()) {
      return new Accepted(state, List.of());
    }
    if (state.isPausedFor(PauseReason.OFF_RECORD) && command.to() != Phase.CLOSED) {
      return onRecord(state, command, at);
    }
    if (state.isPausedFor(PauseReason.CAUCUS) || !PhaseOrder.allows(state, command.to())) {
      return new Refused(RefusalReason.WRONG_PHASE);
    }
    if (!recorderSuffices(state.light(), command.to())) {
      return new Refused(RefusalReason.RECORDER_NOT_READY);
    }
    if (command.to() == Phase.PAUSED) {
      var reason = command.reason() == null ? PauseReason.BREAK : command.reason();
      return pause(state, reason, at);
    }
    return move(state.waitingForNobody(), command.to(), at);
  }

  /** What must not be recorded is said off the record, visible to all; only joint talk may be. */
  static Decision withhold(RoomState state, WithholdRecord command, Instant at) {
    var seat = state.seat(command.by());
    if (seat.isEmpty()) {
      return new Refused(RefusalReason.UNKNOWN_SEAT);
    }
    if (seat.get().spec().role() != Role.MEDIATOR) {
      return new Refused(RefusalReason.NOT_ALLOWED);
    }
    if (state.phase() != Phase.JOINT) {
      return new Refused(RefusalReason.WRONG_PHASE);
    }
    var reason = PauseReason.OFF_RECORD;
    return new Accepted(
        state.paused(new Pause(reason, state.phase(), command.why())),
        List.of(
            new PhaseChanged(state.id(), at, state.phase(), Phase.PAUSED, reason),
            new RecordWithheld(state.id(), at, command.by(), command.why())));
  }

  /** Back on the record: the talk goes on by itself as soon as the recorder receives, R26. */
  private static Decision onRecord(RoomState state, Advance command, Instant at) {
    if (!PhaseOrder.allows(state, command.to())) {
      return new Refused(RefusalReason.WRONG_PHASE);
    }
    var lost = state.light() == RecordingLight.FAILED;
    var waiting = lost ? state : state.lit(RecordingLight.STARTING);
    return new Accepted(
        waiting.paused(new Pause(PauseReason.RECORDER, command.to())),
        List.of(
            new PhaseChanged(state.id(), at, Phase.PAUSED, Phase.PAUSED, PauseReason.RECORDER),
            new RecordResumed(state.id(), at, command.by())));
  }

  /** The recorder keeps nothing: shown only when it is so. */
  static Decision recorderRests(RoomState state) {
    return new Accepted(
        state.isPausedFor(PauseReason.OFF_RECORD) ? state.lit(RecordingLight.OFF_RECORD) : state,
        List.of());
  }

  /** The recorder is lost: the session pauses, visible to all, R26. */
  static Decision recorderFailed(RoomState state, Instant at) {
    if (state.light() == RecordingLight.VERIFIED || state.phase() == Phase.LOBBY) {
      return new Accepted(state, List.of());
    }
    var dark = state.lit(RecordingLight.FAILED).without(List.of());
    return state.phase() == Phase.PAUSED || state.phase() == Phase.CLOSED
        ? new Accepted(dark, List.of())
        : pause(dark, PauseReason.RECORDER, at);
  }

  /** The recorder receives: a pause that was only for its sake is over, visible to all, too. */
  static Decision recorderReceiving(RoomState state, Instant at) {
    if (!state.phase().hasMedia()) {
      return new Accepted(state, List.of());
    }
    return goOn(state.lit(RecordingLight.RECEIVING), at);
  }

  /**
   * What the recorder receives has changed. Talk of somebody that stays unrecorded pauses the
   * session once, visible to all; it goes on when he is recorded or gone, or when the mediator
   * leads on without him, R26.
   */
  static Decision receives(RoomState state, List<HeardSource> sources, Instant at) {
    if (!state.phase().hasMedia() || state.light() == RecordingLight.FAILED) {
      return new Accepted(state, List.of());
    }
    var next =
        state.without(
            sources.stream().filter(HeardSource::isSilent).map(HeardSource::silent).toList());
    var another =
        next.silent().stream()
            .anyMatch(source -> next.isMissed(source) && !state.silent().contains(source));
    return another && isTalk(state.phase()) ? pause(next, PauseReason.SILENCE, at) : goOn(next, at);
  }

  private static boolean isTalk(Phase phase) {
    return switch (phase) {
      case JOINT, READBACK, SIGNING -> true;
      case LOBBY, OPENING, PAUSED, CLOSED -> false;
    };
  }

  /** Ends a pause that needs nobody to end it, unless there is another reason for one. */
  static Decision goOn(RoomState state, Instant at) {
    var pause = state.pause();
    var absence = state.absence();
    if (pause == null || !endsByItself(state, pause.reason()) || absence == pause.reason()) {
      return new Accepted(state, List.of());
    }
    if (absence != null) {
      var event = new PhaseChanged(state.id(), at, Phase.PAUSED, Phase.PAUSED, absence);
      return new Accepted(state.paused(new Pause(absence, pause.from())), List.of(event));
    }
    return move(state, pause.from(), at);
  }

  private static boolean endsByItself(RoomState state, PauseReason reason) {
    return state.light() == RecordingLight.RECEIVING
        && switch (reason) {
          case RECORDER, MEDIATOR_AWAY, PARTY_AWAY -> true;
          case SILENCE -> !state.missesSomebody();
          case BREAK, TECH, OBJECTION, OTHER, OFF_RECORD, CAUCUS -> false;
        };
  }

  static Decision pause(RoomState state, PauseReason reason, Instant at) {
    var event = new PhaseChanged(state.id(), at, state.phase(), Phase.PAUSED, reason);
    return new Accepted(state.paused(new Pause(reason, state.phase())), List.of(event));
  }

  static Decision move(RoomState state, Phase to, Instant at) {
    var events = new ArrayList<RoomEvent>();
    events.add(new PhaseChanged(state.id(), at, state.phase(), to, null));
    var next = state.in(to);
    if (state.phase() == Phase.LOBBY) {
      next = next.startedAt(at).lit(RecordingLight.STARTING);
    }
    if (to == Phase.CLOSED) {
      next = next.lit(RecordingLight.SEALING).without(List.of()).withoutMedia();
      events.add(new RoomClosed(state.id(), at));
    }
    return new Accepted(next, events);
  }

  /** R26: nothing of substance without a receiving recorder, no way back into a lost record. */
  private static boolean recorderSuffices(RecordingLight light, Phase to) {
    return switch (to) {
      case JOINT, READBACK, SIGNING -> light == RecordingLight.RECEIVING;
      case OPENING -> light != RecordingLight.FAILED;
      case LOBBY, PAUSED, CLOSED -> true;
    };
  }
}
