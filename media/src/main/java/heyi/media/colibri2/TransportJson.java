package heyi.media.colibri2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.dtls.DtlsFingerprint;
import heyi.media.dtls.DtlsSetup;
import heyi.media.ice.IceCandidate;
import heyi.media.ice.IceCandidate.RelatedAddress;
import heyi.media.ice.TransportDescription;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transport in Colibri2's JSON: the inner {@code transport} object, both ways. */
public final class TransportJson {
  private static final String NAMESPACE = "urn:xmpp:jingle:transports:ice-udp:1";

  private TransportJson() {}

  /** Writes a transport; candidates and web sockets only when there are any, as bridges do. */
  public static ObjectNode write(TransportDescription transport) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("xmlns", NAMESPACE)
        .put("ufrag", transport.ufrag())
        .put("pwd", transport.password())
        .put("rtcp-mux", true);
    node.putArray("fingerprints")
        .addObject()
        .put("hash", transport.fingerprint().hash())
        .put("fingerprint", transport.fingerprint().value())
        .put("setup", transport.setup().word());
    if (!transport.candidates().isEmpty()) {
      ArrayNode candidates = node.putArray("candidates");
      transport.candidates().forEach(candidate -> write(candidates, candidate));
    }
    if (!transport.webSockets().isEmpty()) {
      ArrayNode webSockets = node.putArray("web-sockets");
      transport.webSockets().forEach(uri -> webSockets.add(uri.toString()));
    }
    return node;
  }

  private static void write(ArrayNode candidates, IceCandidate candidate) {
    ObjectNode node =
        candidates
            .addObject()
            .put("id", "c" + candidates.size())
            .put("foundation", candidate.foundation())
            .put("component", Integer.toString(candidate.component()))
            .put("protocol", candidate.protocol())
            .put("priority", Long.toString(candidate.priority()))
            .put("ip", candidate.address())
            .put("port", Integer.toString(candidate.port()))
            .put("type", candidate.type())
            .put("generation", "0")
            .put("network", "0");
    RelatedAddress related = candidate.related();
    if (related != null) {
      node.put("rel-addr", related.address()).put("rel-port", Integer.toString(related.port()));
    }
  }

  /**
   * Reads a transport. Candidates of unknown form are left out, as ICE demands.
   *
   * @throws ColibriFormatException if credentials or fingerprint are missing or broken
   */
  public static TransportDescription read(JsonNode node) throws ColibriFormatException {
    JsonNode fingerprint = node.path("fingerprints").path(0);
    try {
      return new TransportDescription(
          node.path("ufrag").asText(""),
          node.path("pwd").asText(""),
          new DtlsFingerprint(
              fingerprint.path("hash").asText(""), fingerprint.path("fingerprint").asText("")),
          DtlsSetup.ofWord(fingerprint.path("setup").asText(""))
              .orElseThrow(() -> new IllegalArgumentException("setup is of no known kind")),
          candidates(node.path("candidates")),
          webSockets(node.path("web-sockets")));
    } catch (IllegalArgumentException e) {
      throw ColibriFormatException.of("transport", e);
    }
  }

  private static List<URI> webSockets(JsonNode list) {
    List<URI> webSockets = new ArrayList<>();
    for (JsonNode uri : list) {
      webSockets.add(URI.create(uri.asText()));
    }
    return webSockets;
  }

  private static List<IceCandidate> candidates(JsonNode list) {
    List<IceCandidate> candidates = new ArrayList<>();
    for (JsonNode node : list) {
      IceCandidate candidate = candidate(node);
      if (candidate != null && candidates.size() < TransportDescription.MAX_CANDIDATES) {
        candidates.add(candidate);
      }
    }
    return candidates;
  }

  private static @Nullable IceCandidate candidate(JsonNode node) {
    try {
      return new IceCandidate(
          node.path("foundation").asText(),
          node.path("component").asInt(),
          node.path("protocol").asText(),
          node.path("priority").asLong(-1),
          node.path("ip").asText(),
          node.path("port").asInt(-1),
          node.path("type").asText(),
          related(node));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static @Nullable RelatedAddress related(JsonNode node) {
    return node.has("rel-addr")
        ? new RelatedAddress(node.path("rel-addr").asText(), node.path("rel-port").asInt(-1))
        : null;
  }
}
