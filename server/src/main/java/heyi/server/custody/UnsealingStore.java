package heyi.server.custody;

import heyi.server.casefile.SessionId;
import heyi.server.identity.Role;
import heyi.server.identity.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Orders to open sealed recordings, in PostgreSQL. Blocks; call on a virtual thread. */
final class UnsealingStore {
  private static final String SELECT =
      "select o.*, r.display_name as requested_name, d.display_name as decided_name"
          + " from unsealing_order o join user_account r on r.user_id = o.requested_by"
          + " left join user_account d on d.user_id = o.decided_by where o.session_id = :session ";

  private final Jdbi jdbi;
  private final InstantSource clock;

  UnsealingStore(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  void request(String id, SessionId session, User user, Role role, String reason, Duration good) {
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    "insert into unsealing_order (order_id, session_id, reason, hours,"
                        + " requested_by, requested_role, requested_at, state) values (:id,"
                        + " :session, :reason, :hours, :user, :role, :now, 'REQUESTED')")
                .bind("id", id)
                .bind("session", session.value())
                .bind("reason", reason)
                .bind("hours", good.toHours())
                .bind("user", user.id().value())
                .bind("role", role.word())
                .bind("now", now())
                .execute());
  }

  /** Whether nobody had decided before. */
  boolean decide(String id, User user, Role role, Unsealing.State state) {
    return jdbi.withHandle(
        h ->
            h.createUpdate(
                        "update unsealing_order set state = :state, decided_by = :user,"
                            + " decided_role = :role, decided_at = :now"
                            + " where order_id = :id and state = 'REQUESTED'")
                    .bind("state", state.name())
                    .bind("user", user.id().value())
                    .bind("role", role.word())
                    .bind("now", now())
                    .bind("id", id)
                    .execute()
                > 0);
  }

  /** All orders of a session, the newest first. */
  List<Unsealing> of(SessionId session) {
    return jdbi.withHandle(
        h ->
            h.createQuery(SELECT + "order by o.requested_at desc")
                .bind("session", session.value())
                .map((rs, _) -> row(rs))
                .list());
  }

  /** One of them; null when there is none. */
  @Nullable Unsealing find(SessionId session, String id) {
    return jdbi.withHandle(
        h ->
            h.createQuery(SELECT + "and o.order_id = :id")
                .bind("session", session.value())
                .bind("id", id)
                .map((rs, _) -> row(rs))
                .findOne()
                .orElse(null));
  }

  private static Unsealing row(ResultSet rs) throws SQLException {
    Instant decided = CustodyStore.instant(rs, "decided_at");
    return new Unsealing(
        rs.getString("order_id"),
        new SessionId(rs.getString("session_id")),
        rs.getString("reason"),
        Duration.ofHours(rs.getInt("hours")),
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
        Unsealing.State.valueOf(rs.getString("state")));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
