package heyi.signaling.wire;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.media.MediaKind;
import heyi.signaling.quality.QualityReport;
import heyi.signaling.quality.SourceQuality;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Reads a {@code quality} message. */
final class QualityReader {
  private static final int MAX_MILLIS = 60_000;
  private static final int MAX_PERMILLE = 1_000;
  private static final int MAX_KBPS = 100_000;
  private static final int MAX_PIXELS = 8_192;
  private static final int MAX_FREEZES = 1_000;

  private QualityReader() {}

  static QualityReport read(Fields in) throws WireException {
    var sources = new ArrayList<SourceQuality>();
    for (JsonNode node : in.optionalArray("sources", QualityReport.MAX_SOURCES)) {
      if (!node.isObject()) {
        throw in.malformed("'sources' must hold objects");
      }
      sources.add(source(new Fields(node, in.id())));
    }
    return new QualityReport(sources);
  }

  private static SourceQuality source(Fields in) throws WireException {
    var kind = in.oneOf("kind", MediaKind.values());
    return new SourceQuality(
        in.oneOf("direction", SourceQuality.Direction.values()),
        kind,
        in.has("source") ? in.sourceName("source") : null,
        in.integer("bitrateKbps", 0, MAX_KBPS),
        new SourceQuality.Path(
            in.optionalInteger("rttMs", 0, MAX_MILLIS),
            in.optionalInteger("jitterMs", 0, MAX_MILLIS),
            in.optionalInteger("lossPermille", 0, MAX_PERMILLE)),
        kind == MediaKind.VIDEO ? picture(in) : null);
  }

  private static SourceQuality.@Nullable Picture picture(Fields in) throws WireException {
    if (!in.has("width")) {
      return null;
    }
    return new SourceQuality.Picture(
        in.integer("width", 0, MAX_PIXELS),
        in.integer("height", 0, MAX_PIXELS),
        in.integer("freezes", 0, MAX_FREEZES));
  }
}
