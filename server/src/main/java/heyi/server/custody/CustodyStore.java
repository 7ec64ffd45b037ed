package heyi.server.custody;

import heyi.server.casefile.CaseId;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Holds and times of custody in PostgreSQL. What could cross, placing a hold and ending a session's
 * recording, waits for the row of the case. Blocks; call on a virtual thread.
 */
final class CustodyStore {
  private static final String HOLD =
      "select h.*, p.display_name as placed_name, l.display_name as lifted_name from legal_hold h"
          + " join user_account p on p.user_id = h.placed_by"
          + " left join user_account l on l.user_id = h.lifted_by ";
  private final Jdbi jdbi;
  private final InstantSource clock;

  CustodyStore(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** What custody looks at in a session; times are null while they are not known. */
  record Kept(
      SessionId session,
      SessionState state,
      @Nullable Instant endedAt,
      @Nullable Instant retainUntil,
      @Nullable String recordingId) {}

  /** A hold and a session whose recordings it has not reached, or still reaches after its end. */
  record Reach(String holdId, CaseId caseId, SessionId session, Hold.Act act) {}

  /** Work within one transaction. */
  @FunctionalInterface
  interface Within<T> {
    T on(Handle handle);
  }

  /** Nobody else places a hold on the case or ends a recording of it meanwhile. */
  <T> T locked(CaseId caseId, Within<T> work) {
    return jdbi.inTransaction(
        h -> {
          h.createQuery("select 1 from case_file where case_id = :id for update")
              .bind("id", caseId.value())
              .mapTo(Integer.class)
              .one();
          return work.on(h);
        });
  }

  /** The sessions of a case that were recorded or are, oldest first. */
  List<Kept> sessions(CaseId caseId) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select * from mediation_session where case_id = :case order by created_at")
                .bind("case", caseId.value())
                .map((rs, _) -> kept(rs))
                .list());
  }

  Kept session(Handle h, SessionId session) {
    return h.createQuery("select * from mediation_session where session_id = :id")
        .bind("id", session.value())
        .map((rs, _) -> kept(rs))
        .one();
  }

  /** Sealed sessions whose time was not fixed yet, or was fixed shorter than is set now. */
  List<Kept> sealed() {
    return jdbi.withHandle(
        h ->
            h.createQuery("select * from mediation_session where state = 'SEALED'")
                .map((rs, _) -> kept(rs))
                .list());
  }

  /** Fixes the time; it can only become longer. */
  void retain(SessionId session, Instant until) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    "update mediation_session set retain_until = greatest(retain_until, :until)"
                        + " where session_id = :id")
                .bind("until", until.atOffset(ZoneOffset.UTC))
                .bind("id", session.value())
                .execute());
  }

  void place(Handle h, String id, CaseId caseId, String user, String reason) {
    h.createUpdate(
            "insert into legal_hold (hold_id, case_id, reason, placed_by, placed_at)"
                + " values (:id, :case, :reason, :user, :now)")
        .bind("id", id)
        .bind("case", caseId.value())
        .bind("reason", reason)
        .bind("user", user)
        .bind("now", now())
        .execute();
  }

  /** Whether it stood until now. */
  boolean lift(Handle h, String id, String user, String reason) {
    return h.createUpdate(
                "update legal_hold set lifted_by = :user, lifted_at = :now, lift_reason = :reason"
                    + " where hold_id = :id and lifted_at is null")
            .bind("id", id)
            .bind("user", user)
            .bind("reason", reason)
            .bind("now", now())
            .execute()
        > 0;
  }

  /** All holds of a case, the newest first. */
  List<Hold> holds(CaseId caseId) {
    return jdbi.withHandle(h -> holds(h, caseId));
  }

  List<Hold> holds(Handle h, CaseId caseId) {
    return h.createQuery(HOLD + "where h.case_id = :case order by h.placed_at desc")
        .bind("case", caseId.value())
        .map((rs, _) -> hold(rs))
        .list();
  }

  boolean held(Handle h, CaseId caseId) {
    return holds(h, caseId).stream().anyMatch(Hold::stands);
  }

  /** How many holds stand. */
  int standing() {
    return jdbi.withHandle(
        h ->
            h.createQuery("select count(*) from legal_hold where lifted_at is null")
                .mapTo(Integer.class)
                .one());
  }

  /** What standing holds have still to reach. */
  List<Reach> toReach() {
    return reaches(
        "select h.hold_id, h.case_id, s.session_id, h.placed_by as by_user, h.placed_at as at,"
            + " h.reason as why from legal_hold h"
            + " join mediation_session s on s.case_id = h.case_id and s.state = 'SEALED'"
            + " left join legal_hold_reach r"
            + " on r.hold_id = h.hold_id and r.session_id = s.session_id"
            + " where h.lifted_at is null and r.hold_id is null");
  }

  /** What lifted holds still keep in the store, where no other hold on the case stands. */
  List<Reach> toRelease() {
    return reaches(
        "select h.hold_id, h.case_id, r.session_id, h.lifted_by as by_user, h.lifted_at as at,"
            + " h.lift_reason as why from legal_hold h"
            + " join legal_hold_reach r on r.hold_id = h.hold_id and r.lifted_at is null"
            + " where h.lifted_at is not null and not exists (select from legal_hold o"
            + " where o.case_id = h.case_id and o.lifted_at is null)");
  }

  private List<Reach> reaches(String sql) {
    return jdbi.withHandle(
        h ->
            h.createQuery(sql)
                .map(
                    (rs, _) ->
                        new Reach(
                            rs.getString("hold_id"),
                            new CaseId(rs.getString("case_id")),
                            new SessionId(rs.getString("session_id")),
                            new Hold.Act(
                                rs.getString("by_user"),
                                "",
                                rs.getTimestamp("at").toInstant(),
                                rs.getString("why"))))
                .list());
  }

  void reached(Reach reach) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    "insert into legal_hold_reach (hold_id, session_id, placed_at)"
                        + " values (:hold, :session, :now) on conflict do nothing")
                .bind("hold", reach.holdId())
                .bind("session", reach.session().value())
                .bind("now", now())
                .execute());
  }

  void released(Reach reach) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    "update legal_hold_reach set lifted_at = :now"
                        + " where hold_id = :hold and session_id = :session")
                .bind("hold", reach.holdId())
                .bind("session", reach.session().value())
                .bind("now", now())
                .execute());
  }

  private static Kept kept(ResultSet rs) throws SQLException {
    return new Kept(
        new SessionId(rs.getString("session_id")),
        SessionState.valueOf(rs.getString("state")),
        instant(rs, "ended_at"),
        instant(rs, "retain_until"),
        rs.getString("recording_id"));
  }

  private static Hold hold(ResultSet rs) throws SQLException {
    Instant lifted = instant(rs, "lifted_at");
    return new Hold(
        rs.getString("hold_id"),
        new CaseId(rs.getString("case_id")),
        new Hold.Act(
            rs.getString("placed_by"),
            rs.getString("placed_name"),
            rs.getTimestamp("placed_at").toInstant(),
            rs.getString("reason")),
        lifted == null
            ? null
            : new Hold.Act(
                rs.getString("lifted_by"),
                rs.getString("lifted_name"),
                lifted,
                rs.getString("lift_reason")));
  }

  static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
    Timestamp timestamp = rs.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
