package heyi.recording.seal;

import heyi.recording.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * What a time stamp says, after its signature was checked.
 *
 * @param at not later than this the data existed, by the clock of the authority
 * @param authority subject of its certificate
 * @param trusted whether its certificate rests on one of the roots that were given
 */
public record TimeStamp(Instant at, String authority, boolean trusted) {

  /**
   * Checks a stamp: granted, over this data, rightly signed by a certificate in it that is for time
   * stamping and was valid then (RFC 3161 §2.4.2).
   *
   * @param response TimeStampResp, DER
   * @param roots certificates to rest on; may be empty
   * @throws SealException with the first thing that is wrong
   */
  public static TimeStamp check(byte[] response, byte[] data, List<X509Certificate> roots) {
    try {
      TimeStampResponse answer = new TimeStampResponse(response);
      TimeStampToken token = answer.getTimeStampToken();
      if (token == null) {
        throw new SealException("no stamp in it: " + answer.getStatusString());
      }
      var info = token.getTimeStampInfo();
      Sha256 stamped = Sha256.ofDigest(info.getMessageImprintDigest());
      if (!stamped.equals(Sha256.of(data))) {
        throw new SealException("stamped " + stamped + ", not " + Sha256.of(data));
      }
      X509CertificateHolder signer = signer(token);
      token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
      Instant at = info.getGenTime().toInstant();
      return new TimeStamp(
          at, signer.getSubject().toString(), rests(signer, certificates(token), roots, at));
    } catch (SealException e) {
      throw e;
    } catch (TSPException | IOException | OperatorCreationException | RuntimeException e) {
      // the parser of damaged ASN.1 throws unchecked exceptions of many kinds
      throw new SealException("cannot be read: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new SealException("a certificate in the stamp cannot be read", e);
    }
  }

  /**
   * Reads certificates of a PEM text; empty when it holds none.
   *
   * @throws SealException when a section is no certificate
   */
  public static List<X509Certificate> certificates(String pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (byte[] der : Pem.read(pem, "CERTIFICATE")) {
        certificates.add(certificate(der));
      }
    } catch (GeneralSecurityException e) {
      throw new SealException("not a certificate", e);
    }
    return certificates;
  }

  /** The same the other way round. */
  public static String pem(Collection<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    try {
      for (X509Certificate certificate : certificates) {
        text.append(Pem.write("CERTIFICATE", certificate.getEncoded()));
      }
    } catch (GeneralSecurityException e) {
      throw new SealException("a certificate cannot be written", e);
    }
    return text.toString();
  }

  private static X509CertificateHolder signer(TimeStampToken token) {
    Collection<X509CertificateHolder> found = token.getCertificates().getMatches(token.getSID());
    if (found.size() != 1) {
      throw new SealException("the certificate of the stamp is not in it");
    }
    return found.iterator().next();
  }

  private static List<X509Certificate> certificates(TimeStampToken token)
      throws GeneralSecurityException, IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
      certificates.add(certificate(holder.getEncoded()));
    }
    return certificates;
  }

  private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
    if (CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der))
        instanceof X509Certificate certificate) {
      return certificate;
    }
    throw new SealException("not an X.509 certificate");
  }

  /** Without revocation: offline nobody can be asked. */
  private static boolean rests(
      X509CertificateHolder signer,
      List<X509Certificate> known,
      List<X509Certificate> roots,
      Instant at)
      throws GeneralSecurityException, IOException {
    if (roots.isEmpty()) {
      return false;
    }
    Set<TrustAnchor> anchors = new HashSet<>();
    roots.forEach(root -> anchors.add(new TrustAnchor(root, null)));
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(certificate(signer.getEncoded()));
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
    try {
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
