package heyi.server.search;

import heyi.server.casefile.SessionId;
import heyi.server.identity.UserId;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Looks for words in transcripts. What a person may not replay he does not find by its words, nor
 * what was disposed of. Blocks.
 */
final class TranscriptSearch {
  /** Lines shown of a session; all of them stand in its replay. */
  static final int LINES_SHOWN = 3;

  /** The pairs find candidates by the index; that the words stand there is looked up. */
  private static final String MATCH =
      "text_pairs(x.words) @> text_pairs(:text) and strpos(lower(x.words), lower(:text)) > 0";

  /** Condition on a session {@code s} of a case {@code c}; {@code :replayer} null is every case. */
  static final String CONDITION =
      " and s.state <> 'DISPOSED'"
          + " and (cast(:replayer as text) is null or c.mediator_id = :replayer)"
          + " and exists (select from transcript_text x where x.session_id = s.session_id and "
          + MATCH
          + ")";

  private static final String LINES =
      "select * from (select x.*, row_number() over (partition by x.session_id order by x.number)"
          + " as nth, cast(extract(epoch from x.spoken_at"
          + " - coalesce(s.recording_start, s.started_at)) * 1000 as bigint) as at_ms"
          + " from transcript_text x join mediation_session s on s.session_id = x.session_id"
          + " where x.session_id = any(:sessions) and "
          + MATCH
          + ") found where nth <= :shown order by session_id, number";

  private TranscriptSearch() {}

  /** The first lines of each of the sessions in which the words stand. */
  static List<FoundWords> lines(Handle handle, List<SessionId> sessions, String text) {
    return handle
        .createQuery(LINES)
        .bindArray("sessions", String.class, sessions.stream().map(SessionId::value).toList())
        .bind("text", text)
        .bind("shown", LINES_SHOWN)
        .map(
            (rs, _) ->
                new FoundWords(
                    new SessionId(rs.getString("session_id")),
                    rs.getInt("number"),
                    rs.getString("kind"),
                    rs.getObject("at_ms", Long.class),
                    rs.getString("seat_id"),
                    rs.getString("words")))
        .list();
  }

  /** Whose sessions may be found by their words: null for those of everybody. */
  record Asked(String text, @Nullable UserId replayer) {}
}
