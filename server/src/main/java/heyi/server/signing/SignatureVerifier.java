package heyi.server.signing;

import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.PDFRevisionWrapper;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESUtils;
import eu.europa.esig.dss.pades.validation.PAdESSignature;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.pdf.modifications.DefaultPdfDifferencesFinder;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxNativeObjectFactory;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.reports.Reports;
import heyi.server.document.AgreementPdf;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CRLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signatures of a PDF (ETSI EN 319 102-1) against one authority, without any network.
 *
 * <p>Stricter than the standard in one point: whatever was added to the file after the last
 * signature, or between two signatures without being a signature, breaks what came before it. A
 * signature alone would not notice, because PDF lets later bytes repaint earlier pages.
 *
 * <p><b>Threads:</b> any; blocks for about a second.
 */
public final class SignatureVerifier {
  /** Problem of a signature whose own bytes are whole but whose document was changed afterwards. */
  public static final String CHANGED_AFTER_SIGNING = "CHANGED_AFTER_SIGNING";

  private final Supplier<SigningTrust> trust;
  private final InstantSource clock;

  /** Trusts this server's authority. */
  public SignatureVerifier(SigningAuthority authority, InstantSource clock) {
    this.trust = authority::trust;
    this.clock = clock;
  }

  /** Trusts what somebody brought along. */
  public SignatureVerifier(SigningTrust trust, InstantSource clock) {
    this.trust = () -> trust;
    this.clock = clock;
  }

  /**
   * Checks.
   *
   * @throws SigningException when the bytes are no PDF
   */
  public SignatureReport verify(byte[] pdf) {
    try {
      PDFDocumentValidator validator = validator(pdf);
      Reports reports = validator.validateDocument();
      String confirmed =
          validator.getSignatures().stream()
              .findFirst()
              .filter(PAdESSignature.class::isInstance)
              .map(PAdESSignature.class::cast)
              .map(SignatureVerifier::confirmedSha256)
              .orElse("");
      return new SignatureReport(confirmed, entries(reports, pdf.length));
    } catch (CRLException | RuntimeException e) {
      throw new SigningException("the document's signatures cannot be checked", e);
    }
  }

  private PDFDocumentValidator validator(byte[] pdf) throws CRLException {
    SigningTrust anchors = trust.get();
    var trusted = new CommonTrustedCertificateSource();
    trusted.addCertificate(new CertificateToken(anchors.root()));
    var certificates = new CommonCertificateVerifier();
    certificates.setTrustedCertSources(trusted);
    certificates.setCrlSource(
        new ExternalResourcesCRLSource(
            new ByteArrayInputStream(anchors.revocations().getEncoded())));
    var validator = new PDFDocumentValidator(new InMemoryDocument(pdf));
    validator.setPdfObjFactory(withoutPictures());
    validator.setEnableEtsiValidationReport(false);
    validator.setCertificateVerifier(certificates);
    validator.setValidationTime(Date.from(clock.instant()));
    return validator;
  }

  /** Changes are found in the objects; drawing every page of every revision would add seconds. */
  private static PdfBoxNativeObjectFactory withoutPictures() {
    var differences = new DefaultPdfDifferencesFinder();
    differences.setMaximalPagesAmountForVisualComparison(0);
    var factory = new PdfBoxNativeObjectFactory();
    factory.setPdfDifferencesFinder(differences);
    return factory;
  }

  private static @Nullable String confirmedSha256(PAdESSignature first) {
    var original = PAdESUtils.getOriginalPDF(first);
    return original == null ? null : AgreementPdf.sha256(DSSUtils.toByteArray(original));
  }

  private static List<SignatureReport.Entry> entries(Reports reports, int sizeBytes) {
    SimpleReport simple = reports.getSimpleReport();
    DiagnosticData data = reports.getDiagnosticData();
    long signedTo =
        simple.getSignatureIdList().stream()
            .mapToLong(id -> end(data.getSignatureById(id).getPDFRevision()))
            .max()
            .orElse(0);
    List<SignatureReport.Entry> entries = new ArrayList<>();
    for (String id : simple.getSignatureIdList()) {
      PDFRevisionWrapper revision = data.getSignatureById(id).getPDFRevision();
      String problem = problem(simple, id, revision, signedTo == sizeBytes);
      entries.add(
          new SignatureReport.Entry(
              String.valueOf(revision.getFirstFieldName()),
              String.valueOf(simple.getSignedBy(id)),
              Instant.ofEpochMilli(simple.getBestSignatureTime(id).getTime()),
              String.valueOf(revision.getReason()),
              String.valueOf(simple.getSignatureFormat(id)),
              problem.isEmpty(),
              problem));
    }
    return entries;
  }

  private static String problem(
      SimpleReport simple, String id, PDFRevisionWrapper revision, boolean signedToTheEnd) {
    if (simple.getIndication(id) != Indication.TOTAL_PASSED) {
      var sub = simple.getSubIndication(id);
      return String.valueOf(sub == null ? simple.getIndication(id) : sub);
    }
    boolean whole =
        signedToTheEnd
            && revision.getPdfUndefinedChanges().isEmpty()
            && revision.getPdfAnnotationChanges().isEmpty()
            && revision.getPdfPageDifferenceConcernedPages().isEmpty();
    return whole ? "" : CHANGED_AFTER_SIGNING;
  }

  /** Where the bytes end that the signature covers: offset and length of its second range. */
  private static long end(PDFRevisionWrapper revision) {
    List<BigInteger> range = revision.getSignatureByteRange();
    return range.size() == 4 ? range.get(2).add(range.get(3)).longValue() : 0;
  }
}
