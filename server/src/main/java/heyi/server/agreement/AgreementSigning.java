package heyi.server.agreement;

import heyi.recording.packaging.PackageDocument;
import heyi.server.casefile.CaseFile;
import heyi.server.casefile.CaseStore;
import heyi.server.casefile.Party;
import heyi.server.casefile.SessionId;
import heyi.server.document.AgreementPdf;
import heyi.server.identity.Tokens;
import heyi.server.invitation.Seats;
import heyi.server.signing.PdfSigner;
import heyi.server.signing.SignatureIntent;
import heyi.server.signing.SigningAuthority;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signs an agreement once all have confirmed it: the parties in their order, then the mediator. The
 * signed document is kept beside the unsigned one. Blocks; call on a virtual thread.
 */
public final class AgreementSigning {
  private final CaseStore cases;
  private final DocumentStore documents;
  private final Tokens tokens;
  private final PdfSigner signer;
  private final SigningAuthority authority;

  /** Uses the stores. */
  public AgreementSigning(
      CaseStore cases,
      DocumentStore documents,
      Tokens tokens,
      PdfSigner signer,
      SigningAuthority authority) {
    this.cases = cases;
    this.documents = documents;
    this.tokens = tokens;
    this.signer = signer;
    this.authority = authority;
  }

  /**
   * Signs when everyone has confirmed.
   *
   * @param confirmations when which seat confirmed exactly this document
   * @return the signed document; null while somebody's confirmation is missing
   */
  public @Nullable StoredDocument signWhenComplete(
      SessionId session, String documentId, Map<String, Instant> confirmations) {
    CaseFile caseFile = Objects.requireNonNull(cases.findBySession(session));
    List<SignatureIntent> intents = intents(caseFile, confirmations);
    if (intents.size() < caseFile.parties().size() + 1) {
      return null;
    }
    StoredDocument unsigned = Objects.requireNonNull(documents.find(documentId));
    byte[] signed = signer.sign(unsigned.content(), intents);
    StoredDocument document =
        new StoredDocument(
            tokens.freshId("document"),
            caseFile.id(),
            session,
            unsigned.title(),
            AgreementPdf.sha256(signed),
            true,
            unsigned.clauses(),
            signed);
    documents.add(document);
    return document;
  }

  private static List<SignatureIntent> intents(
      CaseFile caseFile, Map<String, Instant> confirmations) {
    List<SignatureIntent> intents = new ArrayList<>();
    for (Party party : caseFile.parties()) {
      Instant at = confirmations.get(party.seatId());
      if (at != null) {
        intents.add(
            new SignatureIntent(
                party.seatId(), party.displayName(), AgreementRoutes.chinese(party.role()), at));
      }
    }
    Instant mediatorAt = confirmations.get(Seats.MEDIATOR_SEAT);
    if (mediatorAt != null) {
      intents.add(
          new SignatureIntent(
              Seats.MEDIATOR_SEAT, caseFile.mediator().displayName(), "调解员", mediatorAt));
    }
    return intents;
  }

  /** What a session adds to its evidence package. Blocks. */
  public List<PackageDocument> packageDocuments(SessionId session) {
    List<PackageDocument> contents = new ArrayList<>();
    for (StoredDocument document : documents.signedIn(session)) {
      contents.add(new PackageDocument(document.documentId() + ".pdf", document.content()));
    }
    if (!contents.isEmpty()) {
      byte[] trust = authority.trust().toPem().getBytes(StandardCharsets.US_ASCII);
      contents.add(new PackageDocument("signing-trust.pem", trust));
    }
    return contents;
  }
}
