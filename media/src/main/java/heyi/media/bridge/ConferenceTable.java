package heyi.media.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.ConferenceId;
import heyi.media.colibri2.TransportJson;
import heyi.media.endpoint.UdpPort;
import heyi.media.ice.TransportDescription;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All conferences of the bridge; carries out Colibri2 requests as Jitsi Videobridge does, which was
 * watched on the wire: a conference ends with its last endpoint, a request is refused as a whole.
 *
 * <p><b>Threads:</b> the control thread only.
 */
final class ConferenceTable {
  private final UdpPort port;
  private final BridgeLimits limits;
  private final BridgeCounters counters;
  private final LongSupplier nanoClock;
  private final Function<LongSupplier, SendQueue> queues;
  private final Supplier<URI> server;
  private final Map<ConferenceId, Conference> conferences = new LinkedHashMap<>();

  ConferenceTable(
      UdpPort port,
      BridgeLimits limits,
      BridgeCounters counters,
      LongSupplier nanoClock,
      Function<LongSupplier, SendQueue> queues,
      Supplier<URI> server) {
    this.port = port;
    this.limits = limits;
    this.counters = counters;
    this.nanoClock = nanoClock;
    this.queues = queues;
    this.server = server;
  }

  /** {@code POST /colibri/v2/conferences}. */
  ObjectNode create(JsonNode body) throws BridgeRefusal {
    ConferenceRequest request = ConferenceRequest.read(body);
    ConferenceId id = id(body.path("meeting-id").asText(""));
    if (!body.path("create").asBoolean(false)) {
      throw BridgeRefusal.badRequest("create must be true");
    }
    if (conferences.containsKey(id)) {
      throw BridgeRefusal.badRequest("conference exists: " + id);
    }
    if (conferences.size() >= limits.conferences()) {
      throw BridgeRefusal.badRequest("bridge has its " + limits.conferences() + " conferences");
    }
    Conference conference = new Conference(id, port, limits, counters, nanoClock, queues);
    conference.check(request.changes());
    ObjectNode answer = apply(conference, request.changes());
    if (!conference.isEmpty()) {
      conferences.put(id, conference);
    }
    return answer;
  }

  /** {@code PATCH /colibri/v2/conferences/id}. */
  ObjectNode update(String meetingId, JsonNode body) throws BridgeRefusal {
    Conference conference = find(meetingId);
    ConferenceRequest request = ConferenceRequest.read(body);
    if (request.expire()) {
      conferences.remove(conference.id());
      conference.close();
      return JsonNodeFactory.instance.objectNode();
    }
    conference.check(request.changes());
    ObjectNode answer = apply(conference, request.changes());
    removeWhenEmpty(conference);
    return answer;
  }

  /** Refuses when there is no such conference. */
  Conference find(String meetingId) throws BridgeRefusal {
    Conference conference;
    try {
      conference = conferences.get(new ConferenceId(meetingId));
    } catch (IllegalArgumentException _) {
      conference = null;
    }
    if (conference == null) {
      throw BridgeRefusal.noConference();
    }
    return conference;
  }

  private static ConferenceId id(String meetingId) throws BridgeRefusal {
    try {
      return new ConferenceId(meetingId);
    } catch (IllegalArgumentException e) {
      throw BridgeRefusal.badRequest("meeting-id: " + e.getMessage());
    }
  }

  /** The endpoint whose channel has this address. */
  Optional<BridgeEndpoint> findEndpoint(String meetingId, String endpoint, String password) {
    try {
      return find(meetingId).find(endpoint, password);
    } catch (BridgeRefusal _) {
      return Optional.empty();
    }
  }

  private ObjectNode apply(Conference conference, List<EndpointChange> changes) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode endpoints = answer.putArray("endpoints");
    for (EndpointChange change : changes) {
      ObjectNode endpoint = endpoints.addObject().put("id", change.id().value());
      switch (change) {
        case EndpointChange.Create create ->
            endpoint
                .putObject("transport")
                .set("transport", TransportJson.write(transport(conference, create)));
        case EndpointChange.Update update -> conference.update(update);
        case EndpointChange.Expire expire -> {
          conference.expire(expire.id());
          endpoint.put("expire", true);
        }
      }
    }
    return answer;
  }

  private TransportDescription transport(Conference conference, EndpointChange.Create create) {
    BridgeEndpoint endpoint = conference.create(create);
    TransportDescription bare = endpoint.localTransport();
    URI channel =
        ChannelDoor.address(
            server.get(), conference.id().value(), endpoint.id(), endpoint.channelPassword());
    return new TransportDescription(
        bare.ufrag(),
        bare.password(),
        bare.fingerprint(),
        bare.setup(),
        bare.candidates(),
        List.of(channel));
  }

  private void removeWhenEmpty(Conference conference) {
    if (conference.isEmpty()) {
      conferences.remove(conference.id());
    }
  }

  void expireIdle() {
    for (Conference conference : List.copyOf(conferences.values())) {
      conference.expireIdle();
      removeWhenEmpty(conference);
    }
  }

  Collection<Conference> conferences() {
    return conferences.values();
  }

  void close() {
    conferences.values().forEach(Conference::close);
    conferences.clear();
  }
}
