package heyi.server.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.signaling.room.SeatId;
import heyi.signaling.room.TranscriptEntry;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The transcript in the words of the record, there and back. Pure. */
final class TranscriptTimeline {
  private static final String LINE = "transcript-line";
  private static final String CORRECTION = "transcript-correction";
  private static final String STRIKE = "transcript-strike";
  private static final String OBJECTION = "transcript-objection";
  private static final String REFUSAL = "transcript-refusal";
  private static final String READING = "transcript-reading";

  private TranscriptTimeline() {}

  static TimelineEvent of(TranscriptEntry entry) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("number", entry.number());
    String type =
        switch (entry) {
          case TranscriptEntry.Line line -> {
            data.put("key", line.key())
                .put("spokenAt", line.spokenAt().toString())
                .put("text", line.text())
                .put("source", "typed");
            speaker(data, line.speaker());
            yield LINE;
          }
          case TranscriptEntry.Correction correction -> {
            data.put("replaces", correction.replaces())
                .put("text", correction.text())
                .put("reason", correction.reason());
            speaker(data, correction.speaker());
            objection(data, correction.objection());
            yield CORRECTION;
          }
          case TranscriptEntry.Strike strike -> {
            data.put("replaces", strike.replaces()).put("reason", strike.reason());
            objection(data, strike.objection());
            yield STRIKE;
          }
          case TranscriptEntry.Objection objection -> {
            data.put("line", objection.line()).put("text", objection.text());
            yield OBJECTION;
          }
          case TranscriptEntry.Refusal refusal -> {
            data.put("objection", refusal.objection()).put("reason", refusal.reason());
            yield REFUSAL;
          }
          case TranscriptEntry.Reading reading -> {
            data.put("upTo", reading.upTo());
            yield READING;
          }
        };
    return new TimelineEvent(entry.at(), type, entry.by().value(), data);
  }

  /** Null when the event is none of the transcript. */
  static @Nullable TranscriptEntry read(TimelineEvent event) {
    if (!event.type().startsWith("transcript-")) {
      return null;
    }
    ObjectNode data = event.data();
    int number = data.path("number").asInt();
    Instant at = event.at();
    SeatId by = new SeatId(Objects.requireNonNull(event.seatId()));
    int replaces = data.path("replaces").asInt();
    String text = data.path("text").asText();
    String reason = data.path("reason").asText();
    return switch (event.type()) {
      case LINE ->
          new TranscriptEntry.Line(
              number,
              at,
              by,
              data.path("key").asText(),
              Instant.parse(data.path("spokenAt").asText()),
              speaker(data),
              text);
      case CORRECTION ->
          new TranscriptEntry.Correction(
              number, at, by, replaces, speaker(data), text, reason, objection(data));
      case STRIKE -> new TranscriptEntry.Strike(number, at, by, replaces, reason, objection(data));
      case OBJECTION ->
          new TranscriptEntry.Objection(number, at, by, data.path("line").asInt(), text);
      case REFUSAL ->
          new TranscriptEntry.Refusal(number, at, by, data.path("objection").asInt(), reason);
      case READING -> new TranscriptEntry.Reading(number, at, by, data.path("upTo").asInt());
      default -> null;
    };
  }

  private static void speaker(ObjectNode data, @Nullable SeatId speaker) {
    if (speaker != null) {
      data.put("speaker", speaker.value());
    }
  }

  private static @Nullable SeatId speaker(ObjectNode data) {
    JsonNode speaker = data.get("speaker");
    return speaker == null ? null : new SeatId(speaker.asText());
  }

  private static void objection(ObjectNode data, @Nullable Integer objection) {
    if (objection != null) {
      data.put("objection", objection);
    }
  }

  private static @Nullable Integer objection(ObjectNode data) {
    JsonNode objection = data.get("objection");
    return objection == null ? null : Integer.valueOf(objection.asInt());
  }
}
