package heyi.recording.seal;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tsp.TimeStampRequest;

/** A time stamp authority of a test, valid around now. */
public final class TestAuthority {
  private static final Duration SPAN = Duration.ofDays(3650);

  private final KeyPair keys;
  private final X509Certificate root;
  private final X509Certificate certificate;

  private TestAuthority(KeyPair keys, X509Certificate root, X509Certificate certificate) {
    this.keys = keys;
    this.root = root;
    this.certificate = certificate;
  }

  /** A fresh one. */
  public static TestAuthority make(String name) {
    try {
      KeyPair rootKeys = keys();
      KeyPair keys = keys();
      X500Name rootName = new X500Name("CN=" + name + " root");
      X509Certificate root = certificate(rootKeys, rootName, rootKeys, rootName, true);
      X509Certificate certificate =
          certificate(keys, new X500Name("CN=" + name), rootKeys, rootName, false);
      return new TestAuthority(keys, root, certificate);
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What rests on it. */
  public X509Certificate root() {
    return root;
  }

  /** Stamps with the given clock. */
  public TimeStampSource stamps(InstantSource clock) {
    return embedded(clock);
  }

  /** Answers a request as it comes over HTTP. */
  public byte[] answer(byte[] request) throws IOException {
    return embedded(InstantSource.system()).answer(new TimeStampRequest(request));
  }

  private EmbeddedTimeStamps embedded(InstantSource clock) {
    return new EmbeddedTimeStamps(keys.getPrivate(), certificate, root, clock, new SecureRandom());
  }

  /** One that never answers. */
  public static TimeStampSource down() {
    return new TimeStampSource() {
      @Override
      public byte[] stamp(byte[] data) {
        throw new SealException("nobody answers");
      }

      @Override
      public List<X509Certificate> trust() {
        return List.of();
      }

      @Override
      public String describe() {
        return "down";
      }
    };
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(
      KeyPair subject, X500Name name, KeyPair issuer, X500Name issuerName, boolean authority)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    Instant middle = InstantSource.system().instant();
    var builder =
        new JcaX509v3CertificateBuilder(
            issuerName,
            BigInteger.valueOf(authority ? 1 : 2),
            Date.from(middle.minus(SPAN)),
            Date.from(middle.plus(SPAN)),
            name,
            subject.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    int usage = authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature;
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    if (!authority) {
      builder.addExtension(
          Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
    }
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }
}
