package heyi.server.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.seal.TimeStamp;
import heyi.recording.sealing.SealStatus;

/** The wire form of a seal. */
final class SealJson {
  private SealJson() {}

  static ObjectNode of(SealRecords.Seal seal) {
    SealStatus status = seal.status();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("scheme", status.scheme()).put("keyId", status.keyId().hex());
    TimeStamp stamp = status.stamp();
    if (stamp != null) {
      json.putObject("stamp")
          .put("at", stamp.at().toString())
          .put("authority", stamp.authority())
          .put("trusted", stamp.trusted());
    }
    SealStatus.LogPlace place = status.log();
    if (place != null) {
      ObjectNode log = json.putObject("log");
      log.put("origin", place.origin()).put("index", place.index()).put("size", place.size());
      place.witnesses().forEach(log.putArray("witnesses")::add);
    }
    ArrayNode accesses = json.putArray("accesses");
    for (SealRecords.Access access : seal.accesses()) {
      accesses
          .addObject()
          .put("at", access.at().toString())
          .put("type", access.type())
          .put("userId", access.userId())
          .put("displayName", access.displayName());
    }
    return json;
  }
}
