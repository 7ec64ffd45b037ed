package heyi.server.casefile;

import heyi.server.casefile.SessionLifecycle.AgreementStanding;
import heyi.server.casefile.SessionLifecycle.Decision;
import heyi.server.identity.Tokens;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Sessions in PostgreSQL. Blocks; call on a virtual thread. */
public final class SessionStore {
  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Tokens tokens;

  /** Uses the database. */
  public SessionStore(Jdbi jdbi, InstantSource clock, Tokens tokens) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.tokens = tokens;
  }

  /** Plans a session of the case. */
  public SessionId create(CaseId caseId) {
    SessionId id = new SessionId(tokens.freshId("session"));
    jdbi.useTransaction(
        h -> {
          h.createUpdate(
                  "insert into mediation_session (session_id, case_id, state, created_at)"
                      + " values (:id, :case, 'SCHEDULED', :now)")
              .bind("id", id.value())
              .bind("case", caseId.value())
              .bind("now", now())
              .execute();
          touch(h, caseId.value());
        });
    return id;
  }

  /** Carries a command out as {@link SessionLifecycle} decides, in one transaction. */
  public Decision apply(SessionId id, SessionCommand command) {
    return jdbi.inTransaction(
        h -> {
          record Row(String caseId, SessionState state, boolean agreementSigned) {}
          Row row =
              h.createQuery(
                      "select case_id, state, exists (select from case_document d"
                          + " where d.case_id = s.case_id and d.signed) as agreement_signed"
                          + " from mediation_session s where session_id = :id for update")
                  .bind("id", id.value())
                  .map(
                      (rs, _) ->
                          new Row(
                              rs.getString("case_id"),
                              SessionState.valueOf(rs.getString("state")),
                              rs.getBoolean("agreement_signed")))
                  .one();
          Decision decision =
              SessionLifecycle.decide(
                  row.state(),
                  command,
                  row.agreementSigned() ? AgreementStanding.SIGNED : AgreementStanding.NONE);
          if (decision instanceof Decision.Accepted accepted) {
            write(h, id, command, accepted);
            h.createUpdate("update case_file set status = :status where case_id = :id")
                .bind("status", accepted.caseStatus().name())
                .bind("id", row.caseId())
                .execute();
            touch(h, row.caseId());
          }
          return decision;
        });
  }

  private void write(Handle h, SessionId id, SessionCommand command, Decision.Accepted accepted) {
    h.createUpdate("update mediation_session set state = :state where session_id = :id")
        .bind("state", accepted.state().name())
        .bind("id", id.value())
        .execute();
    switch (command) {
      case SessionCommand.Begin() ->
          h.createUpdate(
                  "update mediation_session set started_at = coalesce(started_at, :now)"
                      + " where session_id = :id")
              .bind("now", now())
              .bind("id", id.value())
              .execute();
      case SessionCommand.Close() -> end(h, id);
      case SessionCommand.Seal(String rootHash) -> {
        end(h, id);
        h.createUpdate("update mediation_session set root_hash = :hash where session_id = :id")
            .bind("hash", rootHash)
            .bind("id", id.value())
            .execute();
      }
      case SessionCommand.Fail(String reason) -> {
        end(h, id);
        h.createUpdate("update mediation_session set failure = :reason where session_id = :id")
            .bind("reason", reason)
            .bind("id", id.value())
            .execute();
      }
    }
  }

  private void end(Handle h, SessionId id) {
    h.createUpdate(
            "update mediation_session set ended_at = coalesce(ended_at, :now)"
                + " where session_id = :id")
        .bind("now", now())
        .bind("id", id.value())
        .execute();
  }

  private void touch(Handle h, String caseId) {
    h.createUpdate("update case_file set updated_at = :now where case_id = :id")
        .bind("now", now())
        .bind("id", caseId)
        .execute();
  }

  /** Sessions in the state, oldest first: for what has to be taken up again at start. */
  public List<SessionId> inState(SessionState state) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select session_id from mediation_session where state = :state"
                        + " order by created_at")
                .bind("state", state.name())
                .map((rs, _) -> new SessionId(rs.getString(1)))
                .list());
  }

  private OffsetDateTime now() {
    Instant instant = clock.instant();
    return instant.atOffset(ZoneOffset.UTC);
  }
}
