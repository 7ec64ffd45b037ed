package heyi.media.colibri2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.EndpointId;
import heyi.media.SourceName;
import java.util.HashMap;
import java.util.Map;

/** The messages of a bridge channel as JSON texts, both ways, under Jitsi's names. */
public final class ChannelJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLASS = "colibriClass";
  private static final String RECEIVER = "ReceiverVideoConstraints";
  private static final String SPEAKER = "DominantSpeakerEndpointChangeEvent";
  private static final String SENDER = "SenderSourceConstraints";
  private static final String MAX_HEIGHT = "maxHeight";

  /**
   * More than a room sends: the bridge's own estimate, of a busy machine too low, does not count.
   */
  private static final long ANY_BANDWIDTH_BPS = 1_000_000_000;

  private ChannelJson() {}

  /** Writes a message; one of no known kind becomes an empty object. */
  public static String write(ChannelMessage message) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    switch (message) {
      case ChannelMessage.Receive(VideoConstraints constraints) -> {
        node.put(CLASS, RECEIVER).put("lastN", -1);
        if (constraints.equals(VideoConstraints.BEST)) {
          node.put("assumedBandwidthBps", ANY_BANDWIDTH_BPS);
        }
        node.putObject("defaultConstraints").put(MAX_HEIGHT, constraints.defaultMaxHeight());
        ObjectNode named = node.putObject("constraints");
        constraints
            .maxHeights()
            .forEach((source, height) -> named.putObject(source.value()).put(MAX_HEIGHT, height));
      }
      case ChannelMessage.DominantSpeaker(EndpointId endpoint) -> {
        node.put(CLASS, SPEAKER).put("dominantSpeakerEndpoint", endpoint.value());
        node.putArray("previousSpeakers");
        node.put("silence", false);
      }
      case ChannelMessage.SenderConstraint(SourceName source, int maxHeight) ->
          node.put(CLASS, SENDER).put("sourceName", source.value()).put(MAX_HEIGHT, maxHeight);
      case ChannelMessage.Other() -> {}
    }
    return node.toString();
  }

  /**
   * Reads a message.
   *
   * @throws ColibriFormatException if it is no JSON object, or breaks the form of its kind
   */
  public static ChannelMessage read(String text) throws ColibriFormatException {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ColibriFormatException("message is not JSON", e);
    }
    if (node == null || !node.isObject()) {
      throw new ColibriFormatException("message is no JSON object");
    }
    try {
      return switch (node.path(CLASS).asText("")) {
        case RECEIVER -> new ChannelMessage.Receive(constraints(node));
        case SPEAKER ->
            new ChannelMessage.DominantSpeaker(
                new EndpointId(node.path("dominantSpeakerEndpoint").asText("")));
        case SENDER ->
            new ChannelMessage.SenderConstraint(
                new SourceName(node.path("sourceName").asText("")), height(node));
        default -> new ChannelMessage.Other();
      };
    } catch (IllegalArgumentException e) {
      throw ColibriFormatException.of("message", e);
    }
  }

  private static VideoConstraints constraints(JsonNode node) {
    JsonNode named = node.path("constraints");
    if (named.size() > VideoConstraints.MAX_SOURCES) {
      throw new IllegalArgumentException("too many sources: " + named.size());
    }
    Map<SourceName, Integer> heights = new HashMap<>();
    named
        .properties()
        .forEach(each -> heights.put(new SourceName(each.getKey()), height(each.getValue())));
    boolean none = node.path("lastN").asInt(-1) == 0;
    return none
        ? new VideoConstraints(0, Map.of())
        : new VideoConstraints(height(node.path("defaultConstraints")), heights);
  }

  /** -1, or nothing said, means without limit. */
  private static int height(JsonNode node) {
    int height = node.path(MAX_HEIGHT).asInt(-1);
    return height < 0
        ? VideoConstraints.BEST_HEIGHT
        : Math.min(height, VideoConstraints.BEST_HEIGHT);
  }
}
