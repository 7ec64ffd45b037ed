package heyi.server.signing;

import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.ToBeSigned;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.DSSFileFont;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.tsp.KeyEntityTSPSource;
import heyi.server.document.AgreementPdf;
import heyi.server.document.DocumentFont;
import heyi.server.document.PrintableText;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;

/**
 * Signs a PDF once for each who confirmed it, in their order, at level PAdES-BASELINE-T. Each
 * signature is an incremental update, so the earlier ones stay valid.
 *
 * <p><b>Threads:</b> any; blocks for about a tenth of a second a signature.
 */
public final class PdfSigner {
  private static final int SIGNATURE_BYTES = 20_000;

  /** A policy of nobody else: an identifier under a random UUID (ITU-T X.667). */
  private static final String TSA_POLICY = "2.25.279641930251207483617205839014628815937";

  private final SigningAuthority authority;
  private final InstantSource clock;

  /** Makes a signer. */
  public PdfSigner(SigningAuthority authority, InstantSource clock) {
    this.authority = authority;
    this.clock = clock;
  }

  /**
   * Signs.
   *
   * @param pdf with one empty signature field for each intent
   * @param intents at least one, in the order of signing
   * @return the signed document; {@code pdf} is not changed
   * @throws SigningException when it cannot be done
   */
  public byte[] sign(byte[] pdf, List<SignatureIntent> intents) {
    var sha256 = AgreementPdf.sha256(pdf);
    DSSDocument document = new InMemoryDocument(pdf);
    if (intents.isEmpty()) {
      throw new IllegalArgumentException("nobody signs");
    }
    for (SignatureIntent intent : intents) {
      document = sign(document, intent, sha256);
    }
    return DSSUtils.toByteArray(document);
  }

  private DSSDocument sign(DSSDocument document, SignatureIntent intent, String sha256) {
    var signer = authority.oneTime(intent.displayName(), intent.role());
    try (InputStream font = DocumentFont.open()) {
      var service = new PAdESService(new CommonCertificateVerifier());
      service.setTspSource(timeStamps());
      var parameters = parameters(signer, intent);
      parameters.setImageParameters(SignatureAppearance.of(intent, sha256, new DSSFileFont(font)));
      var toSign = service.getDataToSign(document, parameters);
      var value =
          new SignatureValue(SignatureAlgorithm.ECDSA_SHA256, signature(signer.key(), toSign));
      return service.signDocument(document, parameters, value);
    } catch (RuntimeException | GeneralSecurityException | IOException e) {
      throw new SigningException("the document could not be signed", e);
    }
  }

  private PAdESSignatureParameters parameters(KeyedCertificate signer, SignatureIntent intent) {
    var parameters = new PAdESSignatureParameters();
    parameters.setSignatureLevel(SignatureLevel.PAdES_BASELINE_T);
    parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
    parameters.setSigningCertificate(new CertificateToken(signer.certificate()));
    parameters.setCertificateChain(
        authority.chainOf(signer).stream().map(CertificateToken::new).toList());
    parameters.bLevel().setSigningDate(Date.from(clock.instant()));
    parameters.setSignerName(PrintableText.of(intent.displayName()));
    parameters.setReason(SignatureAppearance.reason(intent));
    parameters.setAppName("Heyi");
    parameters.setContentSize(SIGNATURE_BYTES);
    return parameters;
  }

  private KeyEntityTSPSource timeStamps() {
    var stamps = authority.timeStamps();
    var source =
        new KeyEntityTSPSource(stamps.key(), stamps.certificate(), authority.chainOf(stamps));
    source.setTsaPolicy(TSA_POLICY);
    source.setProductionTime(Date.from(clock.instant()));
    return source;
  }

  private static byte[] signature(PrivateKey key, ToBeSigned data) throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(data.getBytes());
    return signature.sign();
  }
}
