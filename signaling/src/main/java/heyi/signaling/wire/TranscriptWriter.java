package heyi.signaling.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.signaling.room.TranscriptEntry;
import org.jspecify.annotations.Nullable;

/** Writes an entry of the transcript. */
final class TranscriptWriter {
  private TranscriptWriter() {}

  static ObjectNode write(TranscriptEntry entry) {
    var out = JsonNodeFactory.instance.objectNode();
    out.put("kind", kind(entry))
        .put("number", entry.number())
        .put("at", entry.at().toString())
        .put("by", entry.by().value());
    switch (entry) {
      case TranscriptEntry.Line line -> {
        out.put("key", line.key()).put("spokenAt", line.spokenAt().toString());
        putIfPresent(out, "speaker", line.speaker());
        out.put("text", line.text());
      }
      case TranscriptEntry.Correction correction -> {
        out.put("replaces", correction.replaces());
        putIfPresent(out, "speaker", correction.speaker());
        out.put("text", correction.text()).put("reason", correction.reason());
        putIfPresent(out, correction.objection());
      }
      case TranscriptEntry.Strike strike -> {
        out.put("replaces", strike.replaces()).put("reason", strike.reason());
        putIfPresent(out, strike.objection());
      }
      case TranscriptEntry.Objection objection ->
          out.put("line", objection.line()).put("text", objection.text());
      case TranscriptEntry.Refusal refusal ->
          out.put("objection", refusal.objection()).put("reason", refusal.reason());
      case TranscriptEntry.Reading reading -> out.put("upTo", reading.upTo());
    }
    return out;
  }

  private static String kind(TranscriptEntry entry) {
    return switch (entry) {
      case TranscriptEntry.Line ignored -> "line";
      case TranscriptEntry.Correction ignored -> "correction";
      case TranscriptEntry.Strike ignored -> "strike";
      case TranscriptEntry.Objection ignored -> "objection";
      case TranscriptEntry.Refusal ignored -> "refusal";
      case TranscriptEntry.Reading ignored -> "reading";
    };
  }

  private static void putIfPresent(ObjectNode out, String field, @Nullable Object value) {
    if (value != null) {
      out.put(field, value.toString());
    }
  }

  private static void putIfPresent(ObjectNode out, @Nullable Integer objection) {
    if (objection != null) {
      out.put("objection", objection);
    }
  }
}
