package heyi.server.signing;

import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;

/**
 * Checks the signatures of a PDF against Heyi's own authority, without any network.
 *
 * <p><b>Threads:</b> any; blocks for up to two seconds.
 */
public final class SignatureVerifier {
  private final SigningAuthority authority;
  private final InstantSource clock;

  /** Makes a verifier. */
  public SignatureVerifier(SigningAuthority authority, InstantSource clock) {
    this.authority = authority;
    this.clock = clock;
  }

  /**
   * Checks.
   *
   * @throws SigningException when the bytes are no PDF
   */
  public SignatureReport verify(byte[] pdf) {
    var trusted = new CommonTrustedCertificateSource();
    trusted.addCertificate(new CertificateToken(authority.rootCertificate()));
    var certificates = new CommonCertificateVerifier();
    certificates.setTrustedCertSources(trusted);
    try {
      var revocations = new ByteArrayInputStream(authority.revocations().getEncoded());
      certificates.setCrlSource(new ExternalResourcesCRLSource(revocations));
      var validator = SignedDocumentValidator.fromDocument(new InMemoryDocument(pdf));
      validator.setCertificateVerifier(certificates);
      validator.setValidationTime(Date.from(clock.instant()));
      return report(validator.validateDocument().getSimpleReport());
    } catch (CRLException | RuntimeException e) {
      throw new SigningException("the document's signatures cannot be checked", e);
    }
  }

  private static SignatureReport report(SimpleReport simple) {
    var entries = new ArrayList<SignatureReport.Entry>();
    for (String id : simple.getSignatureIdList()) {
      var indication = simple.getIndication(id);
      var sub = simple.getSubIndication(id);
      entries.add(
          new SignatureReport.Entry(
              String.valueOf(simple.getSignedBy(id)),
              Instant.ofEpochMilli(simple.getBestSignatureTime(id).getTime()),
              String.valueOf(simple.getSignatureFormat(id)),
              indication == Indication.TOTAL_PASSED,
              sub == null ? "" : sub.toString()));
    }
    return new SignatureReport(entries);
  }
}
