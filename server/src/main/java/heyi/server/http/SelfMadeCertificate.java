package heyi.server.http;

import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TreeSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate of our own for HTTPS on the local network, kept in the data directory.
 *
 * <p>Phones open the camera only in a secure context, and no authority certifies a private address.
 * The browser warns once; the person accepts once, because the certificate is kept and made anew
 * only when the machine's addresses change or it nears its end. Blocks.
 */
public final class SelfMadeCertificate {
  /** Apple refuses server certificates that live longer than 825 days. */
  private static final Duration LIFETIME = Duration.ofDays(397);

  private static final Duration RENEW_BEFORE_END = Duration.ofDays(30);
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);

  private SelfMadeCertificate() {}

  /** The kept certificate when it still fits, a new one otherwise. */
  public static PemKeyCertOptions keepIn(
      Path directory, List<InetAddress> addresses, Instant now, SecureRandom random) {
    Path certificate = directory.resolve("certificate.pem");
    Path key = directory.resolve("key.pem");
    Path facts = directory.resolve("made-for.txt");
    try {
      if (!fits(certificate, key, facts, addresses, now)) {
        Files.createDirectories(directory);
        make(certificate, key, addresses, now, random);
        Files.writeString(facts, facts(addresses, now.plus(LIFETIME)));
      }
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("The HTTPS certificate could not be made in " + directory, e);
    }
    return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
  }

  private static boolean fits(
      Path certificate, Path key, Path facts, List<InetAddress> addresses, Instant now)
      throws IOException {
    if (!Files.exists(certificate) || !Files.exists(key) || !Files.exists(facts)) {
      return false;
    }
    List<String> kept = Files.readAllLines(facts);
    if (kept.isEmpty()) {
      return false;
    }
    Instant end = Instant.parse(kept.getFirst());
    return end.minus(RENEW_BEFORE_END).isAfter(now)
        && facts(addresses, end).equals(String.join("\n", kept) + "\n");
  }

  private static String facts(List<InetAddress> addresses, Instant end) {
    TreeSet<String> names = new TreeSet<>();
    addresses.forEach(address -> names.add(address.getHostAddress()));
    return end + "\n" + String.join("\n", names) + (names.isEmpty() ? "" : "\n");
  }

  private static void make(
      Path certificate, Path key, List<InetAddress> addresses, Instant now, SecureRandom random)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=Heyi self-made certificate");
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(127, random),
            Date.from(now.minus(CLOCK_SKEW)),
            Date.from(now.plus(LIFETIME)),
            name,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(Extension.subjectAlternativeName, false, names(addresses));
    X509Certificate made =
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    Files.deleteIfExists(key);
    Files.createFile(
        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
    Files.writeString(certificate, pem(made));
  }

  private static GeneralNames names(List<InetAddress> addresses) {
    List<GeneralName> names = new ArrayList<>();
    names.add(new GeneralName(GeneralName.dNSName, "localhost"));
    names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    addresses.forEach(
        address -> names.add(new GeneralName(GeneralName.iPAddress, address.getHostAddress())));
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
