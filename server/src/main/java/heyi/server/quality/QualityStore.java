package heyi.server.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import heyi.server.casefile.SessionId;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Reports in PostgreSQL. Blocks; call on a virtual thread. */
public final class QualityStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Jdbi jdbi;

  /** Uses the database. */
  public QualityStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Adds reports in one batch; all or none. */
  void append(List<QualityRow> rows) {
    jdbi.useTransaction(
        h -> {
          var batch =
              h.prepareBatch(
                  "insert into session_quality (session_id, at, seat_id, level, sources)"
                      + " values (:session, :at, :seat, :level, cast(:sources as jsonb))");
          for (QualityRow row : rows) {
            batch
                .bind("session", row.sessionId())
                .bind("at", row.at().atOffset(ZoneOffset.UTC))
                .bind("seat", row.seatId())
                .bind("level", row.level())
                .bind("sources", row.sources().toString())
                .add();
          }
          batch.execute();
        });
  }

  /** The reports of a session in their order, at most 20,000: three people for nine hours. */
  List<QualityRow> of(SessionId session) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select * from session_quality where session_id = :id order by seq limit 20000")
                .bind("id", session.value())
                .map(
                    (rs, _) ->
                        new QualityRow(
                            session.value(),
                            rs.getTimestamp("at").toInstant(),
                            rs.getString("seat_id"),
                            rs.getString("level"),
                            parse(rs.getString("sources"))))
                .list());
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database holds JSON", e);
    }
  }
}
