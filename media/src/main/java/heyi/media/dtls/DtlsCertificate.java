package heyi.media.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.bc.BcX509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * A fresh self-signed P-256 certificate, as RFC 8827 §6.5 wants; trusted by its fingerprint only.
 *
 * <p>Each endpoint makes its own, so that a peer always sees when it talks to a new endpoint.
 */
final class DtlsCertificate {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Peers do not look at the dates; wide ones survive wrong clocks. */
  private static final Date NOT_BEFORE = Date.from(Instant.parse("2020-01-01T00:00:00Z"));

  private static final Date NOT_AFTER = Date.from(Instant.parse("2049-12-31T00:00:00Z"));
  private static final X500Name NAME = new X500Name("CN=heyi");
  private static final int SERIAL_BITS = 63;

  private final BcTlsCrypto crypto = new BcTlsCrypto(RANDOM);
  private final AsymmetricKeyParameter privateKey;
  private final Certificate certificate;
  private final DtlsFingerprint fingerprint;

  DtlsCertificate() {
    final ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(
        new ECKeyGenerationParameters(
            new ECNamedDomainParameters(
                SECObjectIdentifiers.secp256r1, SECNamedCurves.getByName("secp256r1")),
            RANDOM));
    final AsymmetricCipherKeyPair keys = generator.generateKeyPair();
    privateKey = keys.getPrivate();
    try {
      final X509CertificateHolder holder =
          new BcX509v3CertificateBuilder(
                  NAME,
                  new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE),
                  NOT_BEFORE,
                  NOT_AFTER,
                  NAME,
                  keys.getPublic())
              .build(
                  new BcECContentSignerBuilder(
                          new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                          new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256))
                      .build(privateKey));
      certificate =
          new Certificate(
              new TlsCertificate[] {new BcTlsCertificate(crypto, holder.toASN1Structure())});
      fingerprint = fingerprint("sha-256", holder.getEncoded());
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("could not make a certificate", e);
    }
  }

  BcTlsCrypto crypto() {
    return crypto;
  }

  AsymmetricKeyParameter privateKey() {
    return privateKey;
  }

  Certificate certificate() {
    return certificate;
  }

  DtlsFingerprint fingerprint() {
    return fingerprint;
  }

  /** Whether the peer's certificate is the signalled one. */
  static boolean matches(Certificate received, DtlsFingerprint expected) throws IOException {
    if (received == null || received.isEmpty() || expected.hash().equals("sha-1")) {
      return false;
    }
    return fingerprint(expected.hash(), received.getCertificateAt(0).getEncoded()).equals(expected);
  }

  private static DtlsFingerprint fingerprint(String hash, byte[] encoded) {
    try {
      final byte[] digest =
          MessageDigest.getInstance(hash.toUpperCase(Locale.ROOT)).digest(encoded);
      return new DtlsFingerprint(
          hash, HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM lacks " + hash, e);
    }
  }
}
