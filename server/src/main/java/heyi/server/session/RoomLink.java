package heyi.server.session;

import heyi.server.casefile.SessionId;
import heyi.signaling.room.RoomId;
import heyi.signaling.socket.ServerFact;
import io.vertx.core.Future;

/** The way back from a session to its room. */
public interface RoomLink {
  /** Tells a room something, be it that of a session or of a caucus. */
  Future<Void> tell(RoomId room, ServerFact fact);

  /** Forgets the room some time after its session is over, when everyone has read the digest. */
  void retire(SessionId session);
}
