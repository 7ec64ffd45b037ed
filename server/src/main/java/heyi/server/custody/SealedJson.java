package heyi.server.custody;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ObjectKey;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.mux.MadeTrack;
import heyi.recording.packaging.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A sealed recording as its keepers may see it: what there is, and who did what about it. */
final class SealedJson {
  private SealedJson() {}

  static void recording(
      ObjectNode json,
      ObjectKey root,
      Manifest manifest,
      List<LedgerEntry> accesses,
      List<Unsealing> orders) {
    json.put("recordingId", root.name())
        .put("startedAt", manifest.start().toString())
        .put("durationMs", manifest.durationMillis());
    ArrayNode tracks = json.putArray("tracks");
    for (MadeTrack track : manifest.tracks()) {
      tracks
          .addObject()
          .put("fileName", track.fileName())
          .put("trackId", track.id().value())
          .put("seatId", track.seatId())
          .put("kind", track.kind().name().toLowerCase(Locale.ROOT))
          .put("contentType", track.contentType())
          .put("offsetMs", track.offsetMillis())
          .put("durationMs", track.durationMillis());
    }
    Map<String, String> names = names(orders);
    ArrayNode steps = json.putArray("accesses");
    for (LedgerEntry entry : accesses) {
      String user = entry.payload().path("userId").asText();
      ObjectNode step =
          steps.addObject().put("at", entry.at().toString()).put("type", entry.type());
      if (names.containsKey(user)) {
        step.put("displayName", names.get(user));
      }
      if (entry.payload().has("orderId")) {
        step.put("orderId", entry.payload().path("orderId").asText());
      }
    }
  }

  /** The access ledger holds ids; whoever did something has an order. */
  private static Map<String, String> names(List<Unsealing> orders) {
    Map<String, String> names = new HashMap<>();
    for (Unsealing order : orders) {
      name(names, order.requested());
      if (order.decided() != null) {
        name(names, order.decided());
      }
      if (order.revoked() != null) {
        name(names, order.revoked());
      }
    }
    return names;
  }

  private static void name(Map<String, String> names, Disposal.Act act) {
    names.put(act.userId(), act.displayName());
  }
}
