package heyi.signaling.room;

import heyi.signaling.room.Decision.Accepted;
import heyi.signaling.room.Decision.Refused;
import java.time.Instant;
import java.util.List;

/** Decides what becomes of a command in a room. */
public final class Room {
  private Room() {}

  /**
   * Decides. A refusal changes nothing.
   *
   * @param at when, for the events
   */
  public static Decision decide(RoomState state, RoomCommand command, Instant at) {
    if (state.phase() == Phase.CLOSED) {
      return afterClosing(state, command, at);
    }
    return switch (command) {
      case RoomCommand.Join join -> AbsenceRules.back(SeatRules.join(state, join, at), at);
      case RoomCommand.Drop(SeatId seat) -> SeatRules.drop(state, seat, at);
      case RoomCommand.Leave(SeatId seat) ->
          AbsenceRules.left(SeatRules.leave(state, seat, at), seat, at);
      case RoomCommand.Miss(SeatId seat) -> AbsenceRules.miss(state, seat, at);
      case RoomCommand.Mute mute -> SeatRules.mute(state, mute, at);
      case RoomCommand.Advance advance -> PhaseRules.advance(state, advance, at);
      case RoomCommand.WithholdRecord withhold -> PhaseRules.withhold(state, withhold, at);
      case RoomCommand.OpenCaucus open -> CaucusRules.open(state, open, at);
      case RoomCommand.EndCaucus end -> CaucusRules.end(state, end, at);
      case RoomCommand.TakeBack(var seats) -> CaucusRules.takeBack(state, seats, at);
      case RoomCommand.TellBackground(var seat, var background) ->
          SeatRules.background(state, seat, background, at);
      case RoomCommand.Attach(var seat, var endpoint) ->
          new Accepted(state.change(seat, old -> old.on(endpoint)), List.of());
      case RoomCommand.RecorderReady() -> recorderReady(state);
      case RoomCommand.RecorderReceiving() -> PhaseRules.recorderReceiving(state, at);
      case RoomCommand.RecorderRests() -> PhaseRules.recorderRests(state);
      case RoomCommand.RecorderFailed() -> PhaseRules.recorderFailed(state, at);
      case RoomCommand.Receive(var sources) -> PhaseRules.receives(state, sources, at);
      case RoomCommand.PresentAgreement(Agreement agreement) ->
          AgreementRules.present(state, agreement, at);
      case RoomCommand.ConfirmAgreement confirm -> AgreementRules.confirm(state, confirm, at);
      case RoomCommand.DeclineAgreement decline -> AgreementRules.decline(state, decline, at);
      case RoomCommand.Transcribe(SeatId seat, var what) ->
          TranscriptRules.transcribe(state, seat, what, at);
      case RoomCommand.Seal ignored -> new Refused(RefusalReason.WRONG_PHASE);
    };
  }

  /**
   * After the end people go, or come back to see the closing digest, and the seal comes; who was
   * never there comes too late.
   */
  private static Decision afterClosing(RoomState state, RoomCommand command, Instant at) {
    return switch (command) {
      case RoomCommand.Seal(String rootHash) -> new Accepted(state.sealed(rootHash), List.of());
      case RoomCommand.RecorderFailed() -> PhaseRules.recorderFailed(state, at);
      case RoomCommand.Drop(SeatId seat) -> SeatRules.drop(state, seat, at);
      case RoomCommand.Leave(SeatId seat) -> SeatRules.leave(state, seat, at);
      case RoomCommand.Join join ->
          wasThere(state, join.seat())
              ? SeatRules.join(state, join, at)
              : new Refused(RefusalReason.ROOM_CLOSED);
      case RoomCommand.Mute _,
          RoomCommand.Advance _,
          RoomCommand.Miss _,
          RoomCommand.WithholdRecord _,
          RoomCommand.OpenCaucus _,
          RoomCommand.EndCaucus _,
          RoomCommand.TakeBack _,
          RoomCommand.TellBackground _,
          RoomCommand.RecorderRests _,
          RoomCommand.Attach _,
          RoomCommand.RecorderReady _,
          RoomCommand.RecorderReceiving _,
          RoomCommand.Receive _,
          RoomCommand.PresentAgreement _,
          RoomCommand.ConfirmAgreement _,
          RoomCommand.DeclineAgreement _,
          RoomCommand.Transcribe _ ->
          new Refused(RefusalReason.ROOM_CLOSED);
    };
  }

  private static boolean wasThere(RoomState state, SeatId seat) {
    return state.seat(seat).filter(s -> s.presence() != Presence.INVITED).isPresent();
  }

  /** A recorder that receives already is not taken back to its start by a late word. */
  private static Decision recorderReady(RoomState state) {
    return state.light() == RecordingLight.RECEIVING
        ? new Accepted(state, List.of())
        : lit(state, RecordingLight.STARTING);
  }

  private static Decision lit(RoomState state, RecordingLight light) {
    return state.phase().hasMedia() && state.light() != light
        ? new Accepted(state.lit(light), List.of())
        : new Accepted(state, List.of());
  }
}
