package heyi.server.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.server.casefile.SessionId;
import heyi.server.identity.UserId;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Who opened which recording when; only ever grows. Blocks; call on a virtual thread. */
public final class AuditLog {
  private final Jdbi jdbi;
  private final InstantSource clock;

  /** Uses the database. */
  public AuditLog(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** Writes down what the person is about to see; when this fails, he does not see it. */
  public void record(UserId user, String action, SessionId session, ObjectNode detail) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    "insert into audit_entry (at, user_id, action, session_id, detail)"
                        + " values (:at, :user, :action, :session, cast(:detail as jsonb))")
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("user", user.value())
                .bind("action", action)
                .bind("session", session.value())
                .bind("detail", detail.toString())
                .execute());
  }

  /** The actions on a session, oldest first. */
  public List<String> actions(SessionId session) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select action from audit_entry where session_id = :id order by audit_id")
                .bind("id", session.value())
                .mapTo(String.class)
                .list());
  }
}
