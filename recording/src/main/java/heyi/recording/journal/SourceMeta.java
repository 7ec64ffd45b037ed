package heyi.recording.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.SsrcGroup;
import heyi.recording.RecordedSource;
import heyi.recording.ledger.CanonicalJson;
import java.util.ArrayList;
import java.util.List;

/** A recorded source as JSON, so that a journal can be read without anything else. */
public final class SourceMeta {
  private SourceMeta() {}

  /** To JSON. */
  public static ObjectNode toJson(RecordedSource recorded) {
    MediaSource source = recorded.source();
    ObjectNode json = CanonicalJson.object();
    json.put("owner", recorded.owner().value());
    json.put("seatId", recorded.seatId());
    json.put("label", recorded.label());
    json.put("name", source.name().value());
    json.put("kind", source.kind() == MediaKind.AUDIO ? "audio" : "video");
    json.set("ssrcs", ssrcs(source.ssrcs()));
    ArrayNode groups = json.putArray("groups");
    for (SsrcGroup group : source.groups()) {
      ObjectNode groupJson = groups.addObject();
      groupJson.put("semantics", group.semantics().name());
      groupJson.set("ssrcs", ssrcs(group.ssrcs()));
    }
    return json;
  }

  /**
   * From JSON.
   *
   * @throws IllegalArgumentException when a value is missing or wrong
   */
  public static RecordedSource ofJson(JsonNode json) {
    List<SsrcGroup> groups = new ArrayList<>();
    for (JsonNode group : json.path("groups")) {
      groups.add(
          new SsrcGroup(
              SsrcGroup.Semantics.valueOf(group.path("semantics").asText()),
              ssrcs(group.path("ssrcs"))));
    }
    MediaSource source =
        new MediaSource(
            new SourceName(json.path("name").asText()),
            json.path("kind").asText().equals("audio") ? MediaKind.AUDIO : MediaKind.VIDEO,
            ssrcs(json.path("ssrcs")),
            groups);
    return new RecordedSource(
        new EndpointId(json.path("owner").asText()),
        json.path("seatId").asText(),
        json.path("label").asText(),
        source);
  }

  private static ArrayNode ssrcs(List<Ssrc> ssrcs) {
    ArrayNode array = CanonicalJson.object().putArray("ssrcs");
    ssrcs.forEach(ssrc -> array.add(ssrc.value()));
    return array;
  }

  private static List<Ssrc> ssrcs(JsonNode array) {
    List<Ssrc> ssrcs = new ArrayList<>();
    array.forEach(ssrc -> ssrcs.add(new Ssrc(ssrc.asLong(-1))));
    return ssrcs;
  }
}
