package heyi.server.casefile;

import heyi.server.identity.Tokens;
import heyi.server.identity.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Cases in PostgreSQL. Blocks; call on a virtual thread. Each method is one transaction. */
public final class CaseStore {
  /** Case numbers count per calendar year where the organisation sits. */
  private static final ZoneId YEAR_ZONE = ZoneId.of("Asia/Shanghai");

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Tokens tokens;

  /** Uses the database. */
  public CaseStore(Jdbi jdbi, InstantSource clock, Tokens tokens) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.tokens = tokens;
  }

  /** Makes a case, PREPARED, with its parties in the given order. */
  public CaseId create(String title, UserId mediator, List<NewParty> parties) {
    CaseId id = new CaseId(tokens.freshId("case"));
    Instant now = clock.instant();
    jdbi.useTransaction(
        h -> {
          long counter = h.createQuery("select nextval('case_number')").mapTo(Long.class).one();
          h.createUpdate(
                  "insert into case_file values"
                      + " (:id, :number, :title, 'PREPARED', :mediator, :now, :now)")
              .bind("id", id.value())
              .bind("number", number(now, counter))
              .bind("title", title)
              .bind("mediator", mediator.value())
              .bind("now", now.atOffset(ZoneOffset.UTC))
              .execute();
          int ordinal = 1;
          for (NewParty party : parties) {
            h.createUpdate("insert into party values (:id, :case, :ordinal, :role, :name)")
                .bind("id", tokens.freshId("party"))
                .bind("case", id.value())
                .bind("ordinal", ordinal++)
                .bind("role", party.role().name())
                .bind("name", party.displayName())
                .execute();
          }
        });
    return id;
  }

  /** As the organisation writes it: （2026）合意调字第0001号. */
  private static String number(Instant now, long counter) {
    return String.format(Locale.ROOT, "（%d）合意调字第%04d号", now.atZone(YEAR_ZONE).getYear(), counter);
  }

  /** All cases, newest change first, at most 500, without parties, sessions and documents. */
  public List<Summary> list() {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select c.*, (select count(*) from mediation_session s"
                        + " where s.case_id = c.case_id) as session_count"
                        + " from case_file c order by c.updated_at desc, c.case_id limit 500")
                .map(
                    (rs, _) ->
                        new Summary(
                            new CaseId(rs.getString("case_id")),
                            rs.getString("number"),
                            rs.getString("title"),
                            CaseStatus.valueOf(rs.getString("status")),
                            new UserId(rs.getString("mediator_id")),
                            instant(rs, "updated_at"),
                            rs.getInt("session_count")))
                .list());
  }

  /** A line of the list of cases. */
  public record Summary(
      CaseId id,
      String number,
      String title,
      CaseStatus status,
      UserId mediator,
      Instant updatedAt,
      int sessionCount) {}

  /** The whole case; null when there is none. */
  public @Nullable CaseFile find(CaseId id) {
    return jdbi.inTransaction(h -> find(h, id));
  }

  /** The case of the session; null when there is no such session. */
  public @Nullable CaseFile findBySession(SessionId session) {
    return jdbi.inTransaction(
        h ->
            h.createQuery("select case_id from mediation_session where session_id = :id")
                .bind("id", session.value())
                .mapTo(String.class)
                .findOne()
                .map(caseId -> find(h, new CaseId(caseId)))
                .orElse(null));
  }

  /** What rights on a session hang on; null when there is no such session. */
  public @Nullable Standing standing(SessionId session) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select c.mediator_id, s.state from mediation_session s"
                        + " join case_file c using (case_id) where s.session_id = :id")
                .bind("id", session.value())
                .map(
                    (rs, _) ->
                        new Standing(
                            new UserId(rs.getString("mediator_id")),
                            SessionState.valueOf(rs.getString("state"))))
                .findOne()
                .orElse(null));
  }

  /**
   * What rights on a session hang on.
   *
   * @param mediator who leads its case
   * @param state of the session
   */
  public record Standing(UserId mediator, SessionState state) {}

  private static @Nullable CaseFile find(Handle h, CaseId id) {
    List<Party> parties = parties(h, id);
    List<CaseFile.Session> sessions = sessions(h, id);
    List<CaseFile.Document> documents = documents(h, id);
    return h.createQuery(
            "select c.*, u.display_name from case_file c"
                + " join user_account u on u.user_id = c.mediator_id where c.case_id = :id")
        .bind("id", id.value())
        .map(
            (rs, _) ->
                new CaseFile(
                    id,
                    rs.getString("number"),
                    rs.getString("title"),
                    CaseStatus.valueOf(rs.getString("status")),
                    new CaseFile.Mediator(
                        new UserId(rs.getString("mediator_id")), rs.getString("display_name")),
                    instant(rs, "updated_at"),
                    parties,
                    sessions,
                    documents))
        .findOne()
        .orElse(null);
  }

  private static List<Party> parties(Handle h, CaseId id) {
    return h.createQuery("select * from party where case_id = :id order by ordinal")
        .bind("id", id.value())
        .map(
            (rs, _) ->
                new Party(
                    new PartyId(rs.getString("party_id")),
                    rs.getInt("ordinal"),
                    PartyRole.valueOf(rs.getString("role")),
                    rs.getString("display_name")))
        .list();
  }

  private static List<CaseFile.Session> sessions(Handle h, CaseId id) {
    return h.createQuery("select * from mediation_session where case_id = :id order by created_at")
        .bind("id", id.value())
        .map(
            (rs, _) ->
                new CaseFile.Session(
                    new SessionId(rs.getString("session_id")),
                    SessionState.valueOf(rs.getString("state")),
                    instantOrNull(rs, "started_at"),
                    instantOrNull(rs, "ended_at"),
                    rs.getString("root_hash")))
        .list();
  }

  private static List<CaseFile.Document> documents(Handle h, CaseId id) {
    return h.createQuery(
            "select document_id, session_id, title, kind, sha256, signed, created_at"
                + " from case_document where case_id = :id order by created_at")
        .bind("id", id.value())
        .map(
            (rs, _) ->
                new CaseFile.Document(
                    rs.getString("document_id"),
                    new SessionId(rs.getString("session_id")),
                    rs.getString("title"),
                    rs.getString("kind"),
                    rs.getString("sha256"),
                    rs.getBoolean("signed"),
                    instant(rs, "created_at")))
        .list();
  }

  static Instant instant(ResultSet rs, String column) throws SQLException {
    return rs.getTimestamp(column).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet rs, String column) throws SQLException {
    Timestamp timestamp = rs.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }
}
