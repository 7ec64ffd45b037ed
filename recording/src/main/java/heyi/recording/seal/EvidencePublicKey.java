package heyi.recording.seal;

import heyi.recording.Sha256;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The public half of a key that signs evidence. <b>Threads:</b> any; immutable.
 *
 * <p>Its scheme follows from the key itself, so that nobody can name another.
 */
public final class EvidencePublicKey {
  private static final String LABEL = "PUBLIC KEY";

  private final SignatureScheme scheme;
  private final byte[] info;
  private final PublicKey key;

  private EvidencePublicKey(SignatureScheme scheme, byte[] info, PublicKey key) {
    this.scheme = scheme;
    this.info = info;
    this.key = key;
  }

  /**
   * Reads a SubjectPublicKeyInfo (RFC 5280).
   *
   * @throws SealException when it is no key of a known scheme
   */
  public static EvidencePublicKey ofDer(byte[] der) {
    try {
      SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(der);
      if (!Arrays.equals(info.getEncoded("DER"), der)) {
        throw new SealException("the public key is not DER");
      }
      SignatureScheme scheme = scheme(info);
      PublicKey key = scheme.keys().generatePublic(new X509EncodedKeySpec(der));
      return new EvidencePublicKey(scheme, der.clone(), key);
    } catch (SealException e) {
      throw e;
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      // the parser of damaged ASN.1 throws unchecked exceptions of many kinds
      throw new SealException("not a public key", e);
    }
  }

  /**
   * Reads PEM with exactly one key.
   *
   * @throws SealException when it is something else
   */
  public static EvidencePublicKey ofPem(String pem) {
    List<byte[]> sections = Pem.read(pem, LABEL);
    if (sections.size() != 1) {
      throw new SealException("expected one public key, found " + sections.size());
    }
    return ofDer(sections.getFirst());
  }

  private static SignatureScheme scheme(SubjectPublicKeyInfo info) {
    ASN1ObjectIdentifier algorithm = info.getAlgorithm().getAlgorithm();
    if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519)) {
      return SignatureScheme.ED25519;
    }
    Object curve = info.getAlgorithm().getParameters();
    if (Objects.equals(curve, SECObjectIdentifiers.secp256r1)) {
      return SignatureScheme.ECDSA_P256;
    }
    if (Objects.equals(curve, GMObjectIdentifiers.sm2p256v1)) {
      return SignatureScheme.SM2;
    }
    throw new SealException("a key of an unknown kind: " + algorithm);
  }

  /** How it signs. */
  public SignatureScheme scheme() {
    return scheme;
  }

  /** What it is known by: SHA-256 over its SubjectPublicKeyInfo. */
  public Sha256 id() {
    return Sha256.of(info);
  }

  /** As PEM. */
  public String pem() {
    return Pem.write(LABEL, info);
  }

  /** As a SubjectPublicKeyInfo. */
  public byte[] der() {
    return info.clone();
  }

  /** Whether the signature is of this key over the data; a broken signature is not. */
  public boolean verifies(byte[] data, byte[] signature) {
    try {
      Signature check = scheme.signature();
      check.initVerify(key);
      check.update(data);
      return check.verify(signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      return false; // damaged, and parsers differ in how they say so
    }
  }
}
