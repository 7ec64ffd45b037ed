package heyi.server.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.server.casefile.SessionId;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The words of transcripts, so that sessions are found by them. Blocks. */
final class TranscriptIndex {
  private static final String LINE =
      "insert into transcript_text (session_id, number, kind, spoken_at, seat_id, words)"
          + " values (:session, :number, :kind, :at, :seat, :words) on conflict do nothing";

  /** A correction or an objection belongs to the moment of its line. */
  private static final String ABOUT =
      "insert into transcript_text (session_id, number, kind, spoken_at, seat_id, words)"
          + " select session_id, :number, :kind, spoken_at, :seat, :words from transcript_text"
          + " where session_id = :session and number = :about on conflict do nothing";

  private TranscriptIndex() {}

  /** Adds what the event says, if it is one of a transcript and has words. */
  static void append(Handle handle, SessionId session, TimelineEvent event) {
    ObjectNode data = event.data();
    String speaker = data.path("speaker").textValue();
    switch (event.type()) {
      case "transcript-line" -> {
        Instant at = Instant.parse(data.path("spokenAt").asText());
        words(handle.createUpdate(LINE), session, "line", speaker, data)
            .bind("at", at.atOffset(ZoneOffset.UTC))
            .execute();
      }
      case "transcript-correction" ->
          words(handle.createUpdate(ABOUT), session, "correction", speaker, data)
              .bind("about", data.path("replaces").asInt())
              .execute();
      case "transcript-objection" ->
          words(handle.createUpdate(ABOUT), session, "objection", event.seatId(), data)
              .bind("about", data.path("line").asInt())
              .execute();
      default -> {} // nobody's words
    }
  }

  private static Update words(
      Update update, SessionId session, String kind, @Nullable String seat, ObjectNode data) {
    return update
        .bind("session", session.value())
        .bind("number", data.path("number").asInt())
        .bind("kind", kind)
        .bind("seat", seat)
        .bind("words", data.path("text").asText());
  }
}
