package heyi.signaling.socket;

import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomId;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * What the rooms of this node share.
 *
 * @param rooms all that are open; a caucus is a room like any other to who names it
 */
record RoomNode(
    Vertx vertx,
    InstantSource clock,
    RoomLimits limits,
    MediaAccess media,
    Consumer<RoomEvent> events,
    Consumer<SeatQuality> qualities,
    ConcurrentMap<RoomId, LiveRoom> rooms) {}
