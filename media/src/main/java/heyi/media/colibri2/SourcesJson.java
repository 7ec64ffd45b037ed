package heyi.media.colibri2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.SsrcGroup;
import heyi.media.SsrcGroup.Semantics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A list of sources in Colibri2's JSON, both ways. */
public final class SourcesJson {
  private static final int MAX_SOURCES = 64;

  private SourcesJson() {}

  /** Writes sources: one media source element each, named as the source. */
  public static ArrayNode write(List<MediaSource> sources) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode(sources.size());
    sources.forEach(source -> write(list.addObject(), source));
    return list;
  }

  private static void write(ObjectNode node, MediaSource source) {
    node.put("type", source.kind().word()).put("id", source.name().value());
    ArrayNode ssrcs = node.putArray("sources");
    for (Ssrc ssrc : source.ssrcs()) {
      ssrcs.addObject().put("ssrc", ssrc.value()).put("name", source.name().value());
    }
    if (!source.groups().isEmpty()) {
      ArrayNode groups = node.putArray("ssrc-groups");
      for (SsrcGroup group : source.groups()) {
        ObjectNode written = groups.addObject().put("semantics", group.semantics().name());
        ArrayNode members = written.putArray("sources");
        group.ssrcs().forEach(ssrc -> members.add(ssrc.value()));
      }
    }
  }

  /**
   * Reads a list of sources.
   *
   * @throws ColibriFormatException if it is no list, too long, or a source is broken
   */
  public static List<MediaSource> read(JsonNode list) throws ColibriFormatException {
    if (!list.isArray() || list.size() > MAX_SOURCES) {
      throw new ColibriFormatException("sources must be a list of at most " + MAX_SOURCES);
    }
    List<MediaSource> sources = new ArrayList<>(list.size());
    for (JsonNode node : list) {
      try {
        sources.add(source(node));
      } catch (IllegalArgumentException e) {
        throw ColibriFormatException.of("source", e);
      }
    }
    return List.copyOf(sources);
  }

  private static MediaSource source(JsonNode node) {
    Set<Ssrc> ssrcs = new LinkedHashSet<>();
    String name = node.path("id").asText("");
    for (JsonNode member : node.path("sources")) {
      ssrcs.add(ssrc(member.path("ssrc")));
      name = member.path("name").asText(name);
    }
    List<SsrcGroup> groups = new ArrayList<>();
    for (JsonNode group : node.path("ssrc-groups")) {
      List<Ssrc> members = new ArrayList<>();
      group.path("sources").forEach(member -> members.add(ssrc(member)));
      groups.add(new SsrcGroup(semantics(group.path("semantics").asText("")), members));
    }
    return new MediaSource(
        new SourceName(name), kind(node.path("type").asText("")), List.copyOf(ssrcs), groups);
  }

  private static Ssrc ssrc(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new IllegalArgumentException("ssrc must be a number");
    }
    return new Ssrc(node.asLong());
  }

  private static MediaKind kind(String word) {
    return switch (word) {
      case "audio" -> MediaKind.AUDIO;
      case "video" -> MediaKind.VIDEO;
      default -> throw new IllegalArgumentException("type must be audio or video");
    };
  }

  private static Semantics semantics(String word) {
    return switch (word) {
      case "FID" -> Semantics.FID;
      case "SIM" -> Semantics.SIM;
      default -> throw new IllegalArgumentException("semantics must be FID or SIM");
    };
  }
}
