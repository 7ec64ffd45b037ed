package heyi.recording.seal;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/**
 * A time stamp authority inside this server. It shows that the machinery works; it proves nothing
 * against the operator, for its clock and its key are his. Its certificate says so in its name.
 */
public final class EmbeddedTimeStamps implements TimeStampSource {
  /** A policy of nobody else: an identifier under a random UUID (ITU-T X.667). */
  private static final ASN1ObjectIdentifier POLICY =
      new ASN1ObjectIdentifier("2.25.279641930251207483617205839014628815937");

  private static final int SERIAL_BITS = 127;

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final X509Certificate root;
  private final InstantSource clock;
  private final SecureRandom random;

  /**
   * Stamps with a key whose certificate is for time stamping only.
   *
   * @param key on P-256
   * @param certificate of the key, issued by the root
   * @param root what a stranger has to trust
   */
  public EmbeddedTimeStamps(
      PrivateKey key,
      X509Certificate certificate,
      X509Certificate root,
      InstantSource clock,
      SecureRandom random) {
    this.key = key;
    this.certificate = certificate;
    this.root = root;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public byte[] stamp(byte[] data) {
    TimeStampRequest request = new TimeStampRequests(random).request(data);
    return TimeStampRequests.granted(request, answer(request));
  }

  /** The TimeStampResp to a request, DER. */
  byte[] answer(TimeStampRequest request) {
    try {
      TimeStampResponseGenerator responses =
          new TimeStampResponseGenerator(tokens(), TSPAlgorithms.ALLOWED);
      BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(0);
      return responses.generate(request, serial, Date.from(clock.instant())).getEncoded();
    } catch (TSPException | IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new SealException("the embedded time stamp authority failed", e);
    }
  }

  private TimeStampTokenGenerator tokens()
      throws OperatorCreationException, GeneralSecurityException, TSPException {
    var digests = new JcaDigestCalculatorProviderBuilder().build();
    TimeStampTokenGenerator tokens =
        new TimeStampTokenGenerator(
            new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", key, certificate),
            digests.get(new AlgorithmIdentifier(TSPAlgorithms.SHA256)),
            POLICY);
    tokens.setAccuracySeconds(1);
    tokens.addCertificates(new JcaCertStore(List.of(certificate)));
    return tokens;
  }

  @Override
  public List<X509Certificate> trust() {
    return List.of(root);
  }

  @Override
  public String describe() {
    return "embedded (" + certificate.getSubjectX500Principal() + ")";
  }
}
