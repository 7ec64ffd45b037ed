package heyi.server.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a session; holds ids and roles, never names.
 *
 * @param type lower-case words joined by {@code -}
 * @param seatId whom it concerns; null when the room as a whole
 */
public record TimelineEvent(Instant at, String type, @Nullable String seatId, ObjectNode data) {

  /** Copies the data. */
  public TimelineEvent {
    data = data.deepCopy();
  }

  /** As {@link #forLedger} wrote it; null when the entry is the recorder's own. */
  public static @Nullable TimelineEvent ofLedger(String type, ObjectNode payload) {
    if (!payload.path("at").isTextual()) {
      return null;
    }
    Instant at = Instant.parse(payload.path("at").asText());
    ObjectNode data = payload.deepCopy();
    data.remove(List.of("at", "seatId"));
    return new TimelineEvent(at, type, payload.path("seatId").asText(null), data);
  }

  /** The whole event as the ledger keeps it. */
  public ObjectNode forLedger() {
    ObjectNode payload = data.deepCopy();
    payload.put("at", at.toString());
    if (seatId != null) {
      payload.put("seatId", seatId);
    }
    return payload;
  }
}
