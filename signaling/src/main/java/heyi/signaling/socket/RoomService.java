package heyi.signaling.socket;

import heyi.media.SteadyClock;
import heyi.media.colibri2.BridgeId;
import heyi.media.pool.Placement;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.RoomSpec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * All rooms of this node.
 *
 * <p><b>Threads:</b> any. Events of one room come in order on the room's context; the consumer must
 * not block.
 */
public final class RoomService {
  /** Whoever sets the wall clock must not silence everybody. */
  private final InstantSource steady;

  private final SeatAuthenticator seats;
  private final ConcurrentMap<RoomId, LiveRoom> rooms = new ConcurrentHashMap<>();
  private final RoomNode node;

  /** Makes a service without rooms. */
  public RoomService(
      Vertx vertx,
      InstantSource clock,
      RoomLimits limits,
      SeatAuthenticator seats,
      MediaAccess media,
      Consumer<RoomEvent> events,
      Consumer<SeatQuality> qualities) {
    this.node = new RoomNode(vertx, clock, limits, media, events, qualities, rooms);
    this.steady = SteadyClock.from(clock);
    this.seats = seats;
    media
        .bridges()
        .onLost(lost -> rooms.values().forEach(room -> room.leave(lost, Placement.Reason.FAILED)));
  }

  /** Opens a room; opening it again changes nothing. Fails when there are too many. */
  public Future<Void> open(RoomSpec spec) {
    if (!rooms.containsKey(spec.id()) && rooms.size() >= node.limits().maxRooms()) {
      return Future.failedFuture(
          new IllegalStateException(
              "at most " + node.limits().maxRooms() + " rooms are open at a time"));
    }
    var created = new LiveRoom(node, RestoredRoom.fresh(spec));
    if (rooms.putIfAbsent(spec.id(), created) == null) {
      created.opened();
    }
    return Future.succeededFuture();
  }

  /**
   * Opens a room as it was when its server died: whoever was there has dropped, and a session that
   * was under way is paused until its recorder is back. A room that is open stays as it is.
   */
  public Future<Void> restore(RestoredRoom room) {
    var restored = new LiveRoom(node, room);
    if (rooms.putIfAbsent(room.state().id(), restored) == null) {
      restored.restored();
    }
    return Future.succeededFuture();
  }

  /** Tells a room something; a room that is not open does not mind. */
  public Future<Void> tell(RoomId id, ServerFact fact) {
    var room = rooms.get(id);
    return room == null ? Future.succeededFuture() : room.tell(fact);
  }

  /** Takes a client's socket; all of its life is handled here. */
  public void accept(ServerWebSocket socket) {
    new SocketSession(node.vertx(), steady, node.limits(), seats, this::room, socket).start();
  }

  /** Ends a room's session as if its mediator had closed it; for an orderly stop of the server. */
  public Future<Void> close(RoomId id) {
    var room = rooms.get(id);
    return room == null ? Future.succeededFuture() : room.closeByServer();
  }

  /** Forgets a room whose session is sealed; its sockets are closed. */
  public void forget(RoomId id) {
    var room = rooms.remove(id);
    if (room != null) {
      room.dispose();
    }
  }

  /**
   * Moves the rooms of a bridge to others, as when it fails.
   *
   * @return how many are on their way
   */
  public Future<Integer> evacuate(BridgeId bridge) {
    var moves =
        rooms.values().stream().map(room -> room.leave(bridge, Placement.Reason.MOVED)).toList();
    return Future.join(moves)
        .map(
            ignored ->
                (int) moves.stream().filter(move -> Boolean.TRUE.equals(move.result())).count());
  }

  /** How many rooms are open, for the metrics. */
  public int openRooms() {
    return rooms.size();
  }

  private Optional<LiveRoom> room(RoomId id) {
    return Optional.ofNullable(rooms.get(id));
  }
}
