package heyi.signaling.socket;

import heyi.signaling.room.RoomState;
import heyi.signaling.room.SeatId;
import heyi.signaling.wire.ServerMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way to whoever holds a seat: at most one socket a seat, and what was told over all of them.
 *
 * <p><b>Threads:</b> the room's context.
 */
final class SeatLines {
  private final Map<SeatId, SeatSocket> sockets = new HashMap<>();
  private final Map<SeatId, SeatHistory> histories = new HashMap<>();

  @Nullable SeatSocket of(SeatId seat) {
    return sockets.get(seat);
  }

  void open(SeatId seat, SeatSocket socket, @Nullable Integer lastSeq) {
    sockets.put(seat, socket);
    socket.speakFor(history(seat), lastSeq);
  }

  /** False when this socket is not the seat's. */
  boolean close(SeatId seat, SeatSocket socket) {
    return sockets.remove(seat, socket);
  }

  void forget(SeatId seat) {
    sockets.remove(seat);
  }

  /** Whoever is away hears it when he comes back. */
  void send(SeatId seat, ServerMessage message) {
    var socket = sockets.get(seat);
    if (socket == null) {
      history(seat).tell(message);
    } else {
      socket.send(message);
    }
  }

  void sendAll(ServerMessage message) {
    List.copyOf(sockets.values()).forEach(socket -> socket.send(message));
  }

  /** The whole room when it is another one; of the transcript only what is new. */
  void sendChange(RoomState before, RoomState now) {
    if (!now.writing(before.transcript()).equals(before)) {
      sendAll(new ServerMessage.State(now));
    }
    if (now.transcript().size() > before.transcript().size()) {
      sendAll(TranscriptPages.after(now.transcript(), before.transcript().size()));
    }
  }

  void closeAll(CloseCode code, String reason) {
    List.copyOf(sockets.values()).forEach(socket -> socket.close(code, reason));
    sockets.clear();
  }

  private SeatHistory history(SeatId seat) {
    return histories.computeIfAbsent(seat, ignored -> new SeatHistory());
  }
}
