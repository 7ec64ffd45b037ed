package heyi.server.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.server.casefile.SessionId;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The index of session events in PostgreSQL. Blocks; call on a virtual thread. */
public final class TimelineStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Jdbi jdbi;

  /** Uses the database. */
  public TimelineStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Adds an event at the end; what it says of the transcript can be found from now on. */
  public void append(SessionId session, TimelineEvent event) {
    jdbi.useTransaction(
        h -> {
          h.createUpdate(
                  "insert into session_event (session_id, at, type, seat_id, data)"
                      + " values (:session, :at, :type, :seat, cast(:data as jsonb))")
              .bind("session", session.value())
              .bind("at", event.at().atOffset(ZoneOffset.UTC))
              .bind("type", event.type())
              .bind("seat", event.seatId())
              .bind("data", event.data().toString())
              .execute();
          TranscriptIndex.append(h, session, event);
        });
  }

  /** All events of the session in their order, at most 20,000. */
  public List<TimelineEvent> of(SessionId session) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select * from session_event where session_id = :id order by seq limit 20000")
                .bind("id", session.value())
                .map(
                    (rs, _) ->
                        new TimelineEvent(
                            rs.getTimestamp("at").toInstant(),
                            rs.getString("type"),
                            rs.getString("seat_id"),
                            parse(rs.getString("data"))))
                .list());
  }

  private static ObjectNode parse(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database holds JSON", e);
    }
  }
}
