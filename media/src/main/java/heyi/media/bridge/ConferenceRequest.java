package heyi.media.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.colibri2.ColibriFormatException;
import heyi.media.colibri2.ForceMute;
import heyi.media.colibri2.SourcesJson;
import heyi.media.colibri2.TransportJson;
import heyi.media.ice.IceRole;
import heyi.media.ice.TransportDescription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Colibri2 request body, read and checked before anything is changed.
 *
 * @param expire remove the conference with all its endpoints
 * @param changes one endpoint each; no endpoint twice
 */
record ConferenceRequest(boolean expire, List<EndpointChange> changes) {
  private static final int MAX_CHANGES = 64;

  static ConferenceRequest read(JsonNode body) throws BridgeRefusal {
    if (!body.isObject()) {
      throw BridgeRefusal.badRequest("body must be a JSON object");
    }
    JsonNode endpoints = body.path("endpoints");
    if (!endpoints.isMissingNode() && !endpoints.isArray() || endpoints.size() > MAX_CHANGES) {
      throw BridgeRefusal.badRequest("endpoints must be a list of at most " + MAX_CHANGES);
    }
    List<EndpointChange> changes = new ArrayList<>(endpoints.size());
    Set<EndpointId> seen = new HashSet<>();
    for (JsonNode endpoint : endpoints) {
      EndpointChange change = change(endpoint);
      if (!seen.add(change.id())) {
        throw BridgeRefusal.badRequest("endpoint named twice: " + change.id());
      }
      changes.add(change);
    }
    requireOneUnlessCheap(changes);
    return new ConferenceRequest(body.path("expire").asBoolean(false), List.copyOf(changes));
  }

  private static void requireOneUnlessCheap(List<EndpointChange> changes) throws BridgeRefusal {
    if (changes.size() > 1 && !changes.stream().allMatch(ConferenceRequest::isCheap)) {
      throw BridgeRefusal.badRequest("only one endpoint per request may be made or updated");
    }
  }

  /** As in Jitsi Videobridge: several endpoints may be removed or muted by one request. */
  private static boolean isCheap(EndpointChange change) {
    return switch (change) {
      case EndpointChange.Create _ -> false;
      case EndpointChange.Update update -> update.transport() == null && update.sources() == null;
      case EndpointChange.Expire _ -> true;
    };
  }

  private static EndpointChange change(JsonNode node) throws BridgeRefusal {
    EndpointId id = id(node.path("id"));
    if (node.path("expire").asBoolean(false)) {
      return new EndpointChange.Expire(id);
    }
    JsonNode transport = node.path("transport");
    if (node.path("create").asBoolean(false)) {
      requireSourceNames(node);
      boolean controlling = transport.path("ice-controlling").asBoolean(false);
      return new EndpointChange.Create(id, controlling ? IceRole.CONTROLLING : IceRole.CONTROLLED);
    }
    try {
      JsonNode inner = transport.path("transport");
      TransportDescription remote = inner.isMissingNode() ? null : TransportJson.read(inner);
      JsonNode list = node.path("sources");
      List<MediaSource> sources = list.isMissingNode() ? null : SourcesJson.read(list);
      return new EndpointChange.Update(id, remote, sources, mute(node.path("force-mute")));
    } catch (ColibriFormatException e) {
      throw BridgeRefusal.badRequest("endpoint " + id + ": " + e.getMessage());
    }
  }

  private static @Nullable ForceMute mute(JsonNode node) {
    return node.isObject()
        ? new ForceMute(node.path("audio").asBoolean(false), node.path("video").asBoolean(false))
        : null;
  }

  private static EndpointId id(JsonNode node) throws BridgeRefusal {
    try {
      return new EndpointId(node.asText(""));
    } catch (IllegalArgumentException e) {
      throw BridgeRefusal.badRequest("endpoint: " + e.getMessage());
    }
  }

  private static void requireSourceNames(JsonNode node) throws BridgeRefusal {
    for (JsonNode capability : node.path("capabilities")) {
      if ("source-names".equals(capability.asText())) {
        return;
      }
    }
    throw BridgeRefusal.badRequest("capability source-names is needed");
  }
}
