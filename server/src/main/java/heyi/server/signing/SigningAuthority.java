package heyi.server.signing;

import heyi.recording.seal.EmbeddedTimeStamps;
import heyi.recording.seal.TimeStampSource;
import heyi.server.signing.CertificateMaker.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Heyi's own certificate authority and time stamp authority, for demonstration: it proves that the
 * machinery works, not who somebody is. Its keys are kept in one file that only its owner may read.
 *
 * <p><b>Threads:</b> any; immutable after {@link #open}.
 */
public final class SigningAuthority {
  private static final String STORE_TYPE = "PKCS12";
  private static final String ROOT = "root";
  private static final String TIME_STAMPS = "time-stamps";
  private static final Duration ROOT_VALIDITY = Duration.ofDays(3_650);

  /** Long enough for a slow ceremony; the key itself lives for one signature. */
  private static final Duration SIGNER_VALIDITY = Duration.ofDays(1);

  /** How long a list may be used before a fresher one should be asked for. */
  private static final Duration CRL_VALIDITY = Duration.ofDays(30);

  private final InstantSource clock;
  private final CertificateMaker maker;
  private final KeyedCertificate root;
  private final KeyedCertificate timeStamps;

  private SigningAuthority(
      InstantSource clock, CertificateMaker maker, KeyedCertificate root, KeyedCertificate stamps) {
    this.clock = clock;
    this.maker = maker;
    this.root = root;
    this.timeStamps = stamps;
  }

  /**
   * Reads the keys, or makes them the first time. Blocks.
   *
   * @param file holds the keys, mode 0600
   * @throws SigningException when it cannot be read or written
   */
  public static SigningAuthority open(Path file, InstantSource clock, SecureRandom random) {
    var maker = new CertificateMaker(random);
    try {
      if (!Files.exists(file)) {
        create(file, maker, clock.instant());
      }
      var store = KeyStore.getInstance(STORE_TYPE);
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, new char[0]);
      }
      return new SigningAuthority(clock, maker, entry(store, ROOT), entry(store, TIME_STAMPS));
    } catch (GeneralSecurityException | IOException e) {
      throw new SigningException("the signing keys in " + file + " cannot be used", e);
    }
  }

  /** The certificate that everything else rests on. */
  public X509Certificate rootCertificate() {
    return root.certificate();
  }

  KeyedCertificate timeStamps() {
    return timeStamps;
  }

  /**
   * Its time stamps (RFC 3161), for evidence; their certificate names itself a demonstration.
   *
   * @param random for serial numbers and nonces
   */
  public TimeStampSource evidenceStamps(SecureRandom random) {
    return new EmbeddedTimeStamps(
        timeStamps.key(), timeStamps.certificate(), root.certificate(), clock, random);
  }

  /** What a stranger needs to check signatures made until now; see {@link SigningTrust}. */
  public SigningTrust trust() {
    return new SigningTrust(root.certificate(), revocations());
  }

  /** A key for one signature of one person; whoever drops it destroys it. */
  KeyedCertificate oneTime(String name, String role) {
    return maker.issue(root, name, role, Purpose.SIGNING, clock.instant(), SIGNER_VALIDITY);
  }

  /**
   * What is revoked: nothing, since every key signs once and is forgotten. The list also speaks for
   * certificates that have expired since, else no signature could be checked after a day (X.509
   * expiredCertsOnCRL).
   */
  private X509CRL revocations() {
    var now = clock.instant();
    try {
      var builder = new JcaX509v2CRLBuilder(root.certificate(), Date.from(now));
      builder.setNextUpdate(Date.from(now.plus(CRL_VALIDITY)));
      builder.addExtension(
          Extension.expiredCertsOnCRL,
          false,
          new ASN1GeneralizedTime(root.certificate().getNotBefore()));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(root.key());
      return new JcaX509CRLConverter().getCRL(builder.build(signer));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new SigningException("the list of revocations could not be made", e);
    }
  }

  List<X509Certificate> chainOf(KeyedCertificate signer) {
    return List.of(signer.certificate(), root.certificate());
  }

  private static void create(Path file, CertificateMaker maker, Instant now)
      throws GeneralSecurityException, IOException {
    var root = maker.selfSigned("Heyi demonstration CA", now, ROOT_VALIDITY);
    var stamps =
        maker.issue(
            root,
            "Heyi demonstration TSA",
            "",
            Purpose.TIME_STAMPING,
            now,
            ROOT_VALIDITY.minusDays(1));
    var store = KeyStore.getInstance(STORE_TYPE);
    store.load(null, null);
    store.setKeyEntry(ROOT, root.key(), new char[0], new Certificate[] {root.certificate()});
    store.setKeyEntry(
        TIME_STAMPS,
        stamps.key(),
        new char[0],
        new Certificate[] {stamps.certificate(), root.certificate()});
    var parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    createOwnerOnly(fresh);
    try (var out = Files.newOutputStream(fresh)) {
      store.store(out, new char[0]);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Where a file system knows no such modes, its own rules for the data directory hold. */
  private static void createOwnerOnly(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      var mode = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(mode));
    } else {
      Files.createFile(file);
    }
  }

  private static KeyedCertificate entry(KeyStore store, String alias)
      throws GeneralSecurityException {
    if (store.getKey(alias, new char[0]) instanceof PrivateKey key
        && store.getCertificate(alias) instanceof X509Certificate certificate) {
      return new KeyedCertificate(key, certificate);
    }
    throw new GeneralSecurityException("no key '" + alias + "'");
  }
}
