package heyi.server.agreement;

import heyi.server.casefile.SessionId;
import io.vertx.core.Future;

/** The table in the room on which documents are laid. */
public interface RoomTable {
  /** Whether the room's people are together, so that a document can be laid before them. */
  boolean isOpen(SessionId session);

  /** Lays the document on the table; everyone sees it. */
  Future<Void> lay(StoredDocument document);
}
