package heyi.server.agreement;

import heyi.server.casefile.CaseId;
import heyi.server.casefile.SessionId;
import java.util.List;

/**
 * A document of a case with its content.
 *
 * @param clauses the wording, for readable text on a phone
 * @param content the PDF; do not change it
 */
@SuppressWarnings("ArrayRecordComponent") // a document is compared by its hash
public record StoredDocument(
    String documentId,
    CaseId caseId,
    SessionId sessionId,
    String title,
    String sha256,
    boolean signed,
    List<String> clauses,
    byte[] content) {
  /** The only kind so far. */
  public static final String KIND = "agreement";

  /** Copies the list. */
  public StoredDocument {
    clauses = List.copyOf(clauses);
  }
}
