package heyi.server.search;

import heyi.server.casefile.CaseId;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;
import heyi.server.identity.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Looks for sessions in PostgreSQL. Blocks; call on a virtual thread. */
public final class SessionSearch {
  /** Lines of a page. */
  static final int PAGE_SIZE = 50;

  private static final String BEGUN = "coalesce(s.started_at, s.created_at)";

  private static final String SQL =
      "select s.session_id, s.state, s.recording_ms, c.case_id, c.number, c.title,"
          + " u.display_name as mediator, "
          + BEGUN
          + " as begun_at, array(select p.display_name from party p"
          + " where p.case_id = c.case_id order by p.ordinal) as parties"
          + " from mediation_session s join case_file c on c.case_id = s.case_id"
          + " join user_account u on u.user_id = c.mediator_id where true";

  /** In one text, so that each word may be found in another field; the number follows. */
  private static final String WORD =
      " and strpos(lower(concat_ws(' ', c.number, c.title, u.display_name,"
          + " (select string_agg(p.display_name, ' ') from party p"
          + " where p.case_id = c.case_id))), lower(:word";

  private final Jdbi jdbi;

  /** Uses the database. */
  public SessionSearch(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The page asked for and the line after it, newest first. */
  List<FoundSession> find(SessionQuery asked) {
    StringBuilder sql = new StringBuilder(SQL);
    for (int i = 0; i < asked.words().size(); i++) {
      sql.append(WORD).append(i).append(")) > 0");
    }
    UserId mediator = asked.mediator();
    SessionState state = asked.state();
    condition(sql, mediator, " and c.mediator_id = :mediator");
    condition(sql, asked.from(), " and " + BEGUN + " >= :from");
    condition(sql, asked.to(), " and " + BEGUN + " < :to");
    condition(sql, state, " and s.state = :state");
    TranscriptSearch.Asked transcript = asked.transcript();
    condition(sql, transcript, TranscriptSearch.CONDITION);
    sql.append(" order by begun_at desc, s.session_id limit :limit offset :offset");
    return jdbi.withHandle(
        h -> {
          Query query = h.createQuery(sql.toString());
          for (int i = 0; i < asked.words().size(); i++) {
            query.bind("word" + i, asked.words().get(i));
          }
          if (mediator != null) {
            query.bind("mediator", mediator.value());
          }
          bind(query, "from", asked.from());
          bind(query, "to", asked.to());
          if (state != null) {
            query.bind("state", state.name());
          }
          if (transcript != null) {
            UserId replayer = transcript.replayer();
            query
                .bind("text", transcript.text())
                .bind("replayer", replayer == null ? null : replayer.value());
          }
          return query
              .bind("limit", PAGE_SIZE + 1)
              .bind("offset", asked.page() * PAGE_SIZE)
              .map((rs, _) -> found(rs))
              .list();
        });
  }

  /** The first lines of each of the sessions in which the words stand. */
  List<FoundWords> lines(List<SessionId> sessions, String text) {
    return jdbi.withHandle(h -> TranscriptSearch.lines(h, sessions, text));
  }

  private static void condition(StringBuilder sql, @Nullable Object asked, String clause) {
    if (asked != null) {
      sql.append(clause);
    }
  }

  private static void bind(Query query, String name, @Nullable Instant value) {
    if (value != null) {
      query.bind(name, value.atOffset(ZoneOffset.UTC));
    }
  }

  private static FoundSession found(ResultSet rs) throws SQLException {
    String[] parties = (String[]) rs.getArray("parties").getArray();
    return new FoundSession(
        new SessionId(rs.getString("session_id")),
        SessionState.valueOf(rs.getString("state")),
        rs.getTimestamp("begun_at").toInstant(),
        rs.getObject("recording_ms", Long.class),
        new CaseId(rs.getString("case_id")),
        rs.getString("number"),
        rs.getString("title"),
        rs.getString("mediator"),
        Arrays.asList(parties));
  }
}
