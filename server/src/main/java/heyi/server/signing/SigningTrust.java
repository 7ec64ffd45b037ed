package heyi.server.signing;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * What a stranger needs to check signatures without this server: the authority's certificate and
 * its list of revocations. Nothing in it is secret.
 *
 * @param root certificate that all others rest on
 * @param revocations issued after the signatures that are to be checked
 */
public record SigningTrust(X509Certificate root, X509CRL revocations) {
  private static final int PEM_LINE = 64;

  /** Both as PEM (RFC 7468), for a file beside the document; {@code openssl} reads it too. */
  public String toPem() {
    try {
      return pem("CERTIFICATE", root.getEncoded()) + pem("X509 CRL", revocations.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new SigningException("the certificate cannot be written", e);
    }
  }

  /**
   * Reads what {@link #toPem()} wrote.
   *
   * @throws SigningException when the text is something else
   */
  public static SigningTrust fromPem(String pem) {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      var root = factory.generateCertificate(section(pem, "CERTIFICATE"));
      var revocations = factory.generateCRL(section(pem, "X509 CRL"));
      if (root instanceof X509Certificate certificate && revocations instanceof X509CRL list) {
        list.verify(certificate.getPublicKey());
        return new SigningTrust(certificate, list);
      }
      throw new GeneralSecurityException("not X.509");
    } catch (GeneralSecurityException e) {
      throw new SigningException("the certificate and the revocations cannot be read", e);
    }
  }

  private static String pem(String label, byte[] der) {
    var lines = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  private static ByteArrayInputStream section(String pem, String label)
      throws GeneralSecurityException {
    int start = pem.indexOf("-----BEGIN " + label + "-----");
    String end = "-----END " + label + "-----";
    int stop = pem.indexOf(end);
    if (start < 0 || stop < start) {
      throw new GeneralSecurityException("no section " + label);
    }
    return new ByteArrayInputStream(
        pem.substring(start, stop + end.length()).getBytes(StandardCharsets.US_ASCII));
  }
}
