package heyi.server.signing;

import heyi.server.document.PrintableText;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Makes keys on P-256 and certificates (RFC 5280). */
final class CertificateMaker {
  private static final int SERIAL_BITS = 127;

  /** ub-common-name and ub-title, RFC 5280 appendix A. */
  private static final int MAX_NAME_LENGTH = 64;

  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private final SecureRandom random;

  CertificateMaker(SecureRandom random) {
    this.random = random;
  }

  /** What a certificate is for. */
  enum Purpose {
    AUTHORITY,
    TIME_STAMPING,
    SIGNING
  }

  KeyedCertificate selfSigned(String commonName, Instant now, Duration validity) {
    var keys = keys();
    var name = name(commonName, "");
    return make(keys, name, name, keys.getPrivate(), Purpose.AUTHORITY, null, now, validity);
  }

  KeyedCertificate issue(
      KeyedCertificate issuer,
      String commonName,
      String role,
      Purpose purpose,
      Instant now,
      Duration validity) {
    var issuerName =
        X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
    return make(
        keys(),
        name(commonName, role),
        issuerName,
        issuer.key(),
        purpose,
        issuer.certificate(),
        now,
        validity);
  }

  private KeyedCertificate make(
      KeyPair keys,
      X500Name subject,
      X500Name issuer,
      PrivateKey issuerKey,
      Purpose purpose,
      @Nullable X509Certificate issuerCertificate,
      Instant now,
      Duration validity) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(SERIAL_BITS, random).setBit(0),
              Date.from(now.minus(CLOCK_SKEW)),
              Date.from(now.plus(validity)),
              subject,
              keys.getPublic());
      var extensions = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.basicConstraints, true, new BasicConstraints(purpose == Purpose.AUTHORITY));
      builder.addExtension(Extension.keyUsage, true, usage(purpose));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          extensions.createSubjectKeyIdentifier(keys.getPublic()));
      if (issuerCertificate != null) {
        builder.addExtension(
            Extension.authorityKeyIdentifier,
            false,
            extensions.createAuthorityKeyIdentifier(issuerCertificate));
      }
      if (purpose == Purpose.TIME_STAMPING) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            true,
            new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
      }
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey);
      var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new KeyedCertificate(keys.getPrivate(), certificate);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new SigningException("a certificate could not be made", e);
    }
  }

  private static KeyUsage usage(Purpose purpose) {
    return purpose == Purpose.AUTHORITY
        ? new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)
        : new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation);
  }

  /** The role stands as title; both are printed as in the document, and cut to X.520's bounds. */
  private static X500Name name(String commonName, String role) {
    var name =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.C, "CN")
            .addRDN(BCStyle.O, "Heyi demonstration");
    if (!role.isEmpty()) {
      name.addRDN(BCStyle.T, bounded(role));
    }
    return name.addRDN(BCStyle.CN, bounded(commonName)).build();
  }

  private static String bounded(String text) {
    String printable = PrintableText.of(text).replace('\n', ' ');
    if (printable.codePointCount(0, printable.length()) <= MAX_NAME_LENGTH) {
      return printable;
    }
    return printable.substring(0, printable.offsetByCodePoints(0, MAX_NAME_LENGTH - 1)) + "…";
  }

  private KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new SigningException("a key could not be made", e);
    }
  }
}
