package heyi.server.reconciliation;

import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;
import java.sql.Timestamp;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The sessions that are over, in PostgreSQL. Blocks; call on a virtual thread. */
public final class HeldSessions {
  private final Jdbi jdbi;

  /** Uses the database. */
  public HeldSessions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** All of them, oldest first; those whose recordings are just being disposed of are left out. */
  List<HeldSession> all() {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select session_id, state, ended_at, recording_id, root_hash"
                        + " from mediation_session s where state in ('SEALING', 'SEALED')"
                        + " or (state = 'DISPOSED' and exists (select from disposal d"
                        + " where d.session_id = s.session_id and d.state = 'DONE'))"
                        + " order by created_at")
                .map(
                    (rs, _) -> {
                      Timestamp ended = rs.getTimestamp("ended_at");
                      return new HeldSession(
                          new SessionId(rs.getString("session_id")),
                          SessionState.valueOf(rs.getString("state")),
                          ended == null ? null : ended.toInstant(),
                          rs.getString("recording_id"),
                          rs.getString("root_hash"));
                    })
                .list());
  }
}
