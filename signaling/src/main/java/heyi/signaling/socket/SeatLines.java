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

  /** Some seats' lines for a room of their own; here nothing reaches them until they are back. */
  SeatLines lend(List<SeatId> seats) {
    var lent = new SeatLines();
    seats.forEach(seat -> move(seat, this, lent));
    return lent;
  }

  /** As they are now: who was lost there is away here. */
  void takeBack(SeatLines lent) {
    List.copyOf(lent.histories.keySet()).forEach(seat -> move(seat, lent, this));
  }

  private static void move(SeatId seat, SeatLines from, SeatLines to) {
    to.histories.put(seat, from.history(seat));
    from.histories.remove(seat);
    var socket = from.sockets.remove(seat);
    if (socket != null) {
      to.sockets.put(seat, socket);
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
