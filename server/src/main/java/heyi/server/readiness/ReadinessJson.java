package heyi.server.readiness;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What {@code /readyz} and the operator's page are told. */
public final class ReadinessJson {
  private ReadinessJson() {}

  /** The whole, then each part with what it lacks. */
  public static ObjectNode of(List<Standing> standings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ready", Readiness.isReady(standings));
    var parts = json.putArray("parts");
    for (Standing standing : standings) {
      ObjectNode part = parts.addObject().put("part", standing.name());
      part.put("ready", standing.ready()).put("required", standing.need() == Part.Need.REQUIRED);
      if (standing.problem() != null) {
        part.put("problem", standing.problem());
      }
    }
    return json;
  }
}
