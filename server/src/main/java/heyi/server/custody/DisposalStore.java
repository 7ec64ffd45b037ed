package heyi.server.custody;

import heyi.server.casefile.CaseId;
import heyi.server.casefile.SessionId;
import heyi.server.identity.Role;
import heyi.server.identity.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Disposals in PostgreSQL. Blocks; call on a virtual thread. */
final class DisposalStore {
  private static final List<String> INDEX =
      List.of("session_event", "transcript_text", "session_quality", "recording_track");

  private static final String SELECT =
      "select d.*, s.case_id, r.display_name as requested_name, a.display_name as decided_name"
          + " from disposal d join mediation_session s on s.session_id = d.session_id"
          + " join user_account r on r.user_id = d.requested_by"
          + " left join user_account a on a.user_id = d.decided_by ";

  private final Jdbi jdbi;
  private final InstantSource clock;

  DisposalStore(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  void request(Handle h, String id, SessionId session, User user, Role role, String reason) {
    h.createUpdate(
            "insert into disposal (disposal_id, session_id, reason, requested_by, requested_role,"
                + " requested_at, state) values (:id, :session, :reason, :user, :role, :now,"
                + " 'REQUESTED')")
        .bind("id", id)
        .bind("session", session.value())
        .bind("reason", reason)
        .bind("user", user.id().value())
        .bind("role", role.word())
        .bind("now", now())
        .execute();
  }

  /** The latest of the session; null when nobody ever asked. */
  @Nullable Disposal latest(SessionId session) {
    return jdbi.withHandle(h -> latest(h, session));
  }

  @Nullable Disposal latest(Handle h, SessionId session) {
    return h.createQuery(
            SELECT + "where d.session_id = :session order by d.requested_at desc limit 1")
        .bind("session", session.value())
        .map((rs, _) -> row(rs))
        .findOne()
        .orElse(null);
  }

  List<Disposal> in(DisposalState state) {
    return jdbi.withHandle(
        h ->
            h.createQuery(SELECT + "where d.state = :state order by d.requested_at")
                .bind("state", state.name())
                .map((rs, _) -> row(rs))
                .list());
  }

  void decide(Handle h, Disposal disposal, User user, Role role, DisposalState state) {
    h.createUpdate(
            "update disposal set state = :state, decided_by = :user, decided_role = :role,"
                + " decided_at = :now where disposal_id = :id")
        .bind("state", state.name())
        .bind("user", user.id().value())
        .bind("role", role.word())
        .bind("now", now())
        .bind("id", disposal.id())
        .execute();
    if (state == DisposalState.APPROVED) {
      session(h, disposal.session(), "SEALED", "DISPOSED");
    }
  }

  /** From now on there is no way back: objects may be gone. */
  void begin(Handle h, Disposal disposal) {
    h.createUpdate(
            "update disposal set begun_at = coalesce(begun_at, :now) where disposal_id = :id")
        .bind("now", now())
        .bind("id", disposal.id())
        .execute();
  }

  /** What nobody has begun is not carried out: the session is sealed as before. */
  void stop(Handle h, Disposal disposal, String why) {
    h.createUpdate(
            "update disposal set state = 'DECLINED', failure = :why"
                + " where disposal_id = :id and begun_at is null")
        .bind("why", why)
        .bind("id", disposal.id())
        .execute();
    session(h, disposal.session(), "DISPOSED", "SEALED");
  }

  private static void session(Handle h, SessionId session, String from, String to) {
    h.createUpdate(
            "update mediation_session set state = :to where session_id = :id and state = :from")
        .bind("to", to)
        .bind("from", from)
        .bind("id", session.value())
        .execute();
  }

  void failed(Disposal disposal, String why) {
    jdbi.useHandle(
        h ->
            h.createUpdate("update disposal set failure = :why where disposal_id = :id")
                .bind("why", why)
                .bind("id", disposal.id())
                .execute());
  }

  /** With it goes the index of what was disposed of: events, words, tracks, quality. */
  void done(Disposal disposal) {
    jdbi.useTransaction(
        h -> {
          for (String table : INDEX) {
            h.createUpdate("delete from " + table + " where session_id = :session")
                .bind("session", disposal.session().value())
                .execute();
          }
          h.createUpdate(
                  "update disposal set state = 'DONE', done_at = :now, failure = null"
                      + " where disposal_id = :id")
              .bind("now", now())
              .bind("id", disposal.id())
              .execute();
        });
  }

  private static Disposal row(ResultSet rs) throws SQLException {
    Instant decided = CustodyStore.instant(rs, "decided_at");
    return new Disposal(
        rs.getString("disposal_id"),
        new CaseId(rs.getString("case_id")),
        new SessionId(rs.getString("session_id")),
        rs.getString("reason"),
        new Disposal.Act(
            rs.getString("requested_by"),
            rs.getString("requested_name"),
            rs.getString("requested_role"),
            rs.getTimestamp("requested_at").toInstant()),
        decided == null
            ? null
            : new Disposal.Act(
                rs.getString("decided_by"),
                rs.getString("decided_name"),
                rs.getString("decided_role"),
                decided),
        DisposalState.valueOf(rs.getString("state")),
        CustodyStore.instant(rs, "begun_at"),
        CustodyStore.instant(rs, "done_at"),
        rs.getString("failure"));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
