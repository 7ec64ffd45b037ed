package heyi.server.quality;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.signaling.quality.SourceQuality;
import heyi.signaling.socket.SeatQuality;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reports in the form in which they are kept and shown. */
final class QualityJson {
  private QualityJson() {}

  /** How well a line carries is kept with the session, in a caucus, too. */
  static QualityRow row(SeatQuality quality) {
    ArrayNode sources = JsonNodeFactory.instance.arrayNode();
    quality.report().sources().forEach(source -> sources.add(source(source)));
    return new QualityRow(
        quality.room().joint().value(),
        quality.at(),
        quality.seat().value(),
        quality.level().word(),
        sources);
  }

  private static ObjectNode source(SourceQuality source) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("direction", source.direction().name().toLowerCase(Locale.ROOT))
            .put("kind", source.kind().name().toLowerCase(Locale.ROOT))
            .put("bitrateKbps", source.bitrateKbps());
    if (source.source() != null) {
      json.put("source", source.source().value());
    }
    putIfKnown(json, "rttMs", source.path().rttMillis());
    putIfKnown(json, "jitterMs", source.path().jitterMillis());
    putIfKnown(json, "lossPermille", source.path().lossPermille());
    if (source.picture() != null) {
      json.put("width", source.picture().width())
          .put("height", source.picture().height())
          .put("freezes", source.picture().freezes());
    }
    return json;
  }

  private static void putIfKnown(ObjectNode json, String field, @Nullable Integer value) {
    if (value != null) {
      json.put(field, value);
    }
  }

  static ObjectNode list(List<QualityRow> rows) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode reports = json.putArray("reports");
    rows.forEach(
        row ->
            reports
                .addObject()
                .put("at", row.at().toString())
                .put("seatId", row.seatId())
                .put("level", row.level())
                .set("sources", row.sources()));
    return json;
  }
}
