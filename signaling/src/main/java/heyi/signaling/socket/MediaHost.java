package heyi.signaling.socket;

import heyi.media.EndpointId;
import heyi.signaling.room.RoomCommand;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomState;
import heyi.signaling.room.SeatId;
import heyi.signaling.wire.ErrorCode;
import heyi.signaling.wire.ServerMessage;

/** What the media need of their room. <b>Threads:</b> the room's context. */
interface MediaHost {
  RoomState state();

  EndpointId endpoint(SeatId seat, int generation);

  void apply(RoomCommand command);

  void publish(RoomEvent event);

  void send(SeatId seat, ServerMessage message);

  void sendAll(ServerMessage message);

  void refuse(SeatId seat, ErrorCode code, String message);
}
