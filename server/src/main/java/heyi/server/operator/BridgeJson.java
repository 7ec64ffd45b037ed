package heyi.server.operator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.pool.BridgeView;

/** A bridge in the form of the API. */
final class BridgeJson {
  private static final double THOUSAND = 1000;

  private BridgeJson() {}

  static ObjectNode of(BridgeView bridge) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("bridgeId", bridge.id().value()).put("url", bridge.address().toString());
    if (bridge.region() != null) {
      json.put("region", bridge.region());
    }
    if (bridge.version() != null) {
      json.put("version", bridge.version());
    }
    json.put("state", bridge.standing().word())
        .put("warmth", bridge.warmth().word())
        .put("accepting", bridge.accepting())
        .put("draining", bridge.draining())
        .put("drainingItself", bridge.drainingItself())
        .put("stress", Math.round(bridge.stress() * THOUSAND) / THOUSAND)
        .put("conferences", bridge.conferences())
        .put("endpoints", bridge.endpoints())
        .put("rooms", bridge.rooms())
        .put("roomsLost", bridge.roomsLost())
        .put("failedChecks", bridge.failedChecks());
    if (bridge.checkedAt() != null) {
      json.put("checkedAt", bridge.checkedAt().toString());
    }
    return json;
  }
}
