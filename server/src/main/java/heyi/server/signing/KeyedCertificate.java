package heyi.server.signing;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A key and the certificate that names its owner. Never printed.
 *
 * @param key private key
 * @param certificate of the public key
 */
record KeyedCertificate(PrivateKey key, X509Certificate certificate) {
  @Override
  public String toString() {
    return "KeyedCertificate[" + certificate.getSubjectX500Principal() + ", key=[REDACTED]]";
  }
}
