package heyi.signaling.socket;

import heyi.signaling.room.RoomCommand;
import heyi.signaling.room.SeatId;
import heyi.signaling.wire.ClientMessage;

/** What a participant says that the rules of the room decide alone. */
final class SeatCommands {
  private SeatCommands() {}

  /** The command that this message is; only for those that are one. */
  static RoomCommand of(SeatId seat, ClientMessage message) {
    return switch (message) {
      case ClientMessage.Advance(_, var to, var reason) ->
          new RoomCommand.Advance(seat, to, reason);
      case ClientMessage.OffRecord(_, var why) -> new RoomCommand.WithholdRecord(seat, why);
      case ClientMessage.OpenCaucus(_, var party) -> new RoomCommand.OpenCaucus(seat, party);
      case ClientMessage.EndCaucus(_) -> new RoomCommand.EndCaucus(seat);
      case ClientMessage.BackgroundNow(_, var background) ->
          new RoomCommand.TellBackground(seat, background);
      case ClientMessage.ConfirmAgreement(_, var document, var sha256) ->
          new RoomCommand.ConfirmAgreement(seat, document, sha256);
      case ClientMessage.DeclineAgreement(_, var document, var reason) ->
          new RoomCommand.DeclineAgreement(seat, document, reason);
      case ClientMessage.Transcribe(_, _, var what) -> new RoomCommand.Transcribe(seat, what);
      default -> throw new IllegalArgumentException("no command: " + message.getClass());
    };
  }
}
