/**
 * Rooms as a running service: WebSocket sessions in, room events out.
 *
 * <p>{@link heyi.signaling.socket.RoomService} is the entry. Each room lives on one Vert.x context;
 * sockets hand their messages over to it, so there are no locks.
 */
@NullMarked
package heyi.signaling.socket;

import org.jspecify.annotations.NullMarked;
