package heyi.server.export;

import heyi.recording.composite.CompositeLayout;
import heyi.server.casefile.SessionId;
import heyi.server.identity.Tokens;
import heyi.server.identity.User;
import heyi.server.identity.UserId;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Films in PostgreSQL. A change that is not possible in the film's state changes nothing and says
 * so. Blocks; call on a virtual thread.
 */
public final class ExportStore {
  private static final String SELECT =
      "select e.*, r.display_name as requested_name, d.display_name as decided_name"
          + " from export e join user_account r on r.user_id = e.requested_by"
          + " left join user_account d on d.user_id = e.decided_by ";

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Tokens tokens;

  /** Uses the database. */
  public ExportStore(Jdbi jdbi, InstantSource clock, Tokens tokens) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.tokens = tokens;
  }

  /**
   * What somebody asks for.
   *
   * @param parent the film to cut from; null for a composite
   */
  record Request(
      SessionId session,
      @Nullable String parent,
      CompositeLayout layout,
      @Nullable String watermark,
      long fromMs,
      long toMs,
      @Nullable String reason) {}

  /**
   * Adds a film that is not made yet.
   *
   * @return its id; null when {@code most} are waiting already, and then nothing was added
   */
  @Nullable String add(Request request, User by, int most) {
    String id = tokens.freshId("export");
    return jdbi.inTransaction(
        h -> {
          h.execute("lock table export in share row exclusive mode");
          long open =
              h.createQuery(
                      "select count(*) from export where state in ('WAITING', 'QUEUED', 'RUNNING')")
                  .mapTo(Long.class)
                  .one();
          if (open >= most) {
            return null;
          }
          h.createUpdate(
                  "insert into export (export_id, session_id, parent_id, layout, watermark,"
                      + " from_ms, to_ms, reason, state, requested_by, requested_at) values"
                      + " (:id, :session, :parent, :layout, :watermark, :from, :to, :reason,"
                      + " :state, :by, :at)")
              .bind("id", id)
              .bind("session", request.session().value())
              .bind("parent", request.parent())
              .bind("layout", request.layout().name())
              .bind("watermark", request.watermark())
              .bind("from", request.fromMs())
              .bind("to", request.toMs())
              .bind("reason", request.reason())
              .bind(
                  "state",
                  request.parent() == null ? ExportState.QUEUED.name() : ExportState.WAITING.name())
              .bind("by", by.id().value())
              .bind("at", now())
              .execute();
          return id;
        });
  }

  /** The films of a session, oldest first. */
  List<Export> of(SessionId session) {
    return jdbi.withHandle(
        h ->
            h.createQuery(SELECT + "where e.session_id = :session order by e.requested_at")
                .bind("session", session.value())
                .map((rs, _) -> row(rs))
                .list());
  }

  /** One film of a session; null when there is none. */
  @Nullable Export find(SessionId session, String id) {
    return jdbi.withHandle(
        h ->
            h.createQuery(SELECT + "where e.session_id = :session and e.export_id = :id")
                .bind("session", session.value())
                .bind("id", id)
                .map((rs, _) -> row(rs))
                .findOne()
                .orElse(null));
  }

  /** Films in a state, oldest first. */
  List<Export> in(ExportState state) {
    return jdbi.withHandle(
        h ->
            h.createQuery(SELECT + "where e.state = :state order by e.requested_at")
                .bind("state", state.name())
                .map((rs, _) -> row(rs))
                .list());
  }

  /** What a node leaves on its disk to know later that a film was its own. */
  interface Claim {
    /** Blocks. */
    void lay(String exportId) throws IOException;
  }

  /**
   * Takes the film that waits longest and is running from now on; null when none waits. The claim
   * is laid before the film is running: without one, nobody would take it up after a sudden end.
   */
  @Nullable Export takeNext(Claim claim) throws IOException {
    return jdbi.inTransaction(
        h -> {
          String id =
              h.createQuery(
                      "select export_id from export where state = 'QUEUED' order by requested_at"
                          + " limit 1 for update skip locked")
                  .mapTo(String.class)
                  .findOne()
                  .orElse(null);
          if (id == null) {
            return null;
          }
          claim.lay(id);
          h.execute("update export set state = 'RUNNING' where export_id = ?", id);
          return byId(h, id);
        });
  }

  private static Export byId(Handle h, String id) {
    return h.createQuery(SELECT + "where e.export_id = :id")
        .bind("id", id)
        .map((rs, _) -> row(rs))
        .one();
  }

  /** Whether the film is being made and not cancelled meanwhile. */
  boolean isRunning(String id) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select state = 'RUNNING' from export where export_id = :id")
                .bind("id", id)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
  }

  /** A film whose making was interrupted waits again. */
  boolean requeue(String id) {
    return change(id, "state = 'QUEUED'", "state = 'RUNNING'");
  }

  /** Decides on a clip; false when it was decided already or the person asked for it himself. */
  boolean decide(String id, User by, boolean approved) {
    ExportState next = approved ? ExportState.QUEUED : ExportState.DECLINED;
    return jdbi.withHandle(
        h ->
            h.createUpdate(
                        "update export set state = :state, decided_by = :by, decided_at = :at"
                            + " where export_id = :id and state = 'WAITING'"
                            + " and requested_by <> :by")
                    .bind("state", next.name())
                    .bind("by", by.id().value())
                    .bind("at", now())
                    .bind("id", id)
                    .execute()
                == 1);
  }

  /** Ends what is not finished; false when it had ended. */
  boolean cancel(String id) {
    return change(id, "state = 'CANCELLED'", "state in ('WAITING', 'QUEUED', 'RUNNING')");
  }

  /** The film is there; false when it was cancelled meanwhile. */
  boolean finish(String id, Export.File file) {
    return jdbi.withHandle(
        h ->
            h.createUpdate(
                        "update export set state = 'DONE', object_key = :key, size_bytes = :size,"
                            + " sha256 = :sha256, duration_ms = :duration, finished_at = :at"
                            + " where export_id = :id and state = 'RUNNING'")
                    .bind("key", file.objectKey())
                    .bind("size", file.sizeBytes())
                    .bind("sha256", file.sha256())
                    .bind("duration", file.durationMs())
                    .bind("at", now())
                    .bind("id", id)
                    .execute()
                == 1);
  }

  /** The film could not be made; false when it was cancelled meanwhile. */
  boolean fail(String id, String failure) {
    return jdbi.withHandle(
        h ->
            h.createUpdate(
                        "update export set state = 'FAILED', failure = :failure, finished_at = :at"
                            + " where export_id = :id and state = 'RUNNING'")
                    .bind("failure", failure)
                    .bind("at", now())
                    .bind("id", id)
                    .execute()
                == 1);
  }

  private boolean change(String id, String set, String when) {
    return jdbi.withHandle(
        h ->
            h.createUpdate("update export set " + set + " where export_id = :id and " + when)
                    .bind("id", id)
                    .execute()
                == 1);
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Export row(ResultSet rs) throws SQLException {
    String objectKey = rs.getString("object_key");
    return new Export(
        rs.getString("export_id"),
        new SessionId(rs.getString("session_id")),
        rs.getString("parent_id"),
        CompositeLayout.valueOf(rs.getString("layout")),
        rs.getString("watermark"),
        rs.getLong("from_ms"),
        rs.getLong("to_ms"),
        rs.getString("reason"),
        ExportState.valueOf(rs.getString("state")),
        new Export.Act(
            new UserId(rs.getString("requested_by")),
            rs.getString("requested_name"),
            rs.getTimestamp("requested_at").toInstant()),
        decided(rs),
        rs.getString("failure"),
        objectKey == null
            ? null
            : new Export.File(
                objectKey,
                rs.getLong("size_bytes"),
                rs.getString("sha256"),
                rs.getLong("duration_ms")));
  }

  private static Export.@Nullable Act decided(ResultSet rs) throws SQLException {
    Timestamp at = rs.getTimestamp("decided_at");
    return at == null
        ? null
        : new Export.Act(
            new UserId(rs.getString("decided_by")), rs.getString("decided_name"), at.toInstant());
  }
}
