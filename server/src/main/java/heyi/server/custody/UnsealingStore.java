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
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Orders to open sealed recordings, in PostgreSQL. Blocks; call on a virtual thread. */
final class UnsealingStore {
  private static final String SELECT =
      "select o.*, r.display_name as requested_name, d.display_name as decided_name,"
          + " v.display_name as revoked_name"
          + " from unsealing_order o join user_account r on r.user_id = o.requested_by"
          + " left join user_account d on d.user_id = o.decided_by"
          + " left join user_account v on v.user_id = o.revoked_by where o.session_id = :session ";

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

  /** Whether it was good until now. */
  boolean revoke(String id, User user, Role role) {
    return jdbi.withHandle(
        h ->
            h.createUpdate(
                        "update unsealing_order set state = 'REVOKED', revoked_by = :user,"
                            + " revoked_role = :role, revoked_at = :now"
                            + " where order_id = :id and state = 'APPROVED'")
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
    return new Unsealing(
        rs.getString("order_id"),
        new SessionId(rs.getString("session_id")),
        rs.getString("reason"),
        Duration.ofHours(rs.getInt("hours")),
        Objects.requireNonNull(act(rs, "requested")),
        act(rs, "decided"),
        act(rs, "revoked"),
        Unsealing.State.valueOf(rs.getString("state")));
  }

  /** Who did a step; null when nobody did. */
  private static Disposal.@Nullable Act act(ResultSet rs, String step) throws SQLException {
    Instant at = CustodyStore.instant(rs, step + "_at");
    return at == null
        ? null
        : new Disposal.Act(
            rs.getString(step + "_by"),
            rs.getString(step + "_name"),
            rs.getString(step + "_role"),
            at);
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
