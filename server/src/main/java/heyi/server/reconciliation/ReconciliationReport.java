package heyi.server.reconciliation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * What one run found.
 *
 * @param startedAt when it began
 * @param endedAt when it had looked at everything
 * @param sessions how many it looked at
 * @param objects how many it read back
 * @param bytes how many they have together
 * @param differences empty when everything is there and as it was
 */
public record ReconciliationReport(
    Instant startedAt,
    Instant endedAt,
    int sessions,
    int objects,
    long bytes,
    List<Difference> differences) {
  /** Copies the list. */
  public ReconciliationReport {
    differences = List.copyOf(differences);
  }

  /**
   * Something that is not as it should be.
   *
   * @param session whose
   * @param object which, by key or name
   * @param message what is wrong
   */
  public record Difference(String session, String object, String message) {}

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("startedAt", startedAt.toString());
    json.put("endedAt", endedAt.toString());
    json.put("sessions", sessions);
    json.put("objects", objects);
    json.put("bytes", bytes);
    var array = json.putArray("differences");
    for (Difference difference : differences) {
      array
          .addObject()
          .put("sessionId", difference.session())
          .put("object", difference.object())
          .put("message", difference.message());
    }
    return json;
  }
}
