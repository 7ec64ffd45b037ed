package heyi.server.agreement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.server.casefile.CaseId;
import heyi.server.casefile.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Documents in PostgreSQL; written once, never changed. Blocks; call on a virtual thread. */
public final class DocumentStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Jdbi jdbi;
  private final InstantSource clock;

  /** Uses the database. */
  public DocumentStore(Jdbi jdbi, InstantSource clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** Adds a document to its case. */
  public void add(StoredDocument document) {
    ArrayNode wording = JsonNodeFactory.instance.arrayNode();
    document.clauses().forEach(wording::add);
    jdbi.useHandle(
        h ->
            h.createUpdate(
                    "insert into case_document values (:id, :case, :session, :title, :kind,"
                        + " :sha256, :signed, :content, cast(:wording as jsonb), :now)")
                .bind("id", document.documentId())
                .bind("case", document.caseId().value())
                .bind("session", document.sessionId().value())
                .bind("title", document.title())
                .bind("kind", StoredDocument.KIND)
                .bind("sha256", document.sha256())
                .bind("signed", document.signed())
                .bind("content", document.content())
                .bind("wording", wording.toString())
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute());
  }

  /** The document; null when there is none. */
  public @Nullable StoredDocument find(String documentId) {
    return jdbi.withHandle(
        h ->
            h.createQuery("select * from case_document where document_id = :id")
                .bind("id", documentId)
                .map((rs, _) -> document(rs))
                .findOne()
                .orElse(null));
  }

  /** The signed documents of a session. */
  public List<StoredDocument> signedIn(SessionId session) {
    return jdbi.withHandle(
        h ->
            h.createQuery(
                    "select * from case_document where session_id = :id and signed"
                        + " order by created_at")
                .bind("id", session.value())
                .map((rs, _) -> document(rs))
                .list());
  }

  private static StoredDocument document(ResultSet rs) throws SQLException {
    return new StoredDocument(
        rs.getString("document_id"),
        new CaseId(rs.getString("case_id")),
        new SessionId(rs.getString("session_id")),
        rs.getString("title"),
        rs.getString("sha256"),
        rs.getBoolean("signed"),
        clauses(rs.getString("wording")),
        rs.getBytes("content"));
  }

  private static List<String> clauses(String json) {
    try {
      List<String> clauses = new ArrayList<>();
      JSON.readTree(json).forEach(clause -> clauses.add(clause.asText()));
      return clauses;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database holds JSON", e);
    }
  }
}
