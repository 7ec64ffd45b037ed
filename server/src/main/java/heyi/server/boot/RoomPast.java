package heyi.server.boot;

import heyi.server.agreement.DocumentStore;
import heyi.server.agreement.StoredDocument;
import heyi.server.casefile.SessionId;
import heyi.server.session.InterruptedSessions;
import heyi.server.session.PastSession;
import heyi.server.timeline.RoomMemory;
import heyi.signaling.room.RoomSpec;
import heyi.signaling.socket.RestoredRoom;
import org.jspecify.annotations.Nullable;

/** Rooms as an earlier run of the server left them. Blocks; call on a virtual thread. */
record RoomPast(InterruptedSessions interrupted, DocumentStore documents) {
  /** What is known of the session; null when it was given up. */
  @Nullable PastSession of(SessionId session) {
    return interrupted.take(session);
  }

  /** The room as its last event left it. */
  RestoredRoom room(RoomSpec spec, PastSession past) {
    return RoomMemory.restore(spec, past.events(), this::title);
  }

  private @Nullable String title(String documentId) {
    StoredDocument document = documents.find(documentId);
    return document == null ? null : document.title();
  }
}
