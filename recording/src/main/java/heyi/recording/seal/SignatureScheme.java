package heyi.recording.seal;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Locale;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** How evidence is signed; each is one that {@code openssl} checks. */
public enum SignatureScheme {
  /** ECDSA on P-256 with SHA-256 (FIPS 186-5); the signature is DER. */
  ECDSA_P256("ecdsa-p256-sha256", "EC", "secp256r1", "SHA256withECDSA"),
  /** Ed25519 (RFC 8032); the signature is 64 bytes. */
  ED25519("ed25519", "Ed25519", "", "Ed25519"),
  /** SM2 with SM3 (国密, GB/T 32918) and the usual user id 1234567812345678; DER. */
  SM2("sm2-sm3", "EC", "sm2p256v1", "SM3withSM2");

  /** Java itself knows no SM2; the provider is used here and registered nowhere. */
  private static final Provider NATIONAL = new BouncyCastleProvider();

  private final String id;
  private final String keyAlgorithm;
  private final String curve;
  private final String signatureAlgorithm;

  SignatureScheme(String id, String keyAlgorithm, String curve, String signatureAlgorithm) {
    this.id = id;
    this.keyAlgorithm = keyAlgorithm;
    this.curve = curve;
    this.signatureAlgorithm = signatureAlgorithm;
  }

  /** As written into evidence. */
  public String id() {
    return id;
  }

  /**
   * The scheme of an id.
   *
   * @throws SealException when there is none
   */
  public static SignatureScheme ofId(String id) {
    for (SignatureScheme scheme : values()) {
      if (scheme.id.equals(id)) {
        return scheme;
      }
    }
    throw new SealException("unknown signature scheme " + id);
  }

  /** The command that checks a detached signature, for the text in the package. */
  public String opensslCommand(String keyFile, String signatureFile, String dataFile) {
    String command =
        switch (this) {
          case ECDSA_P256 -> "openssl dgst -sha256 -verify %s -signature %s %s";
          case ED25519 -> "openssl pkeyutl -verify -pubin -inkey %s -rawin -sigfile %s -in %s";
          case SM2 ->
              "openssl dgst -sm3 -verify %s -sigopt distid:1234567812345678 -signature %s %s";
        };
    return String.format(Locale.ROOT, command, keyFile, signatureFile, dataFile);
  }

  KeyPair generate(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator =
        this == SM2
            ? KeyPairGenerator.getInstance(keyAlgorithm, NATIONAL)
            : KeyPairGenerator.getInstance(keyAlgorithm);
    if (!curve.isEmpty()) {
      generator.initialize(new ECGenParameterSpec(curve), random);
    }
    return generator.generateKeyPair();
  }

  Signature signature() throws GeneralSecurityException {
    return this == SM2
        ? Signature.getInstance(signatureAlgorithm, NATIONAL)
        : Signature.getInstance(signatureAlgorithm);
  }

  KeyFactory keys() throws GeneralSecurityException {
    return this == SM2
        ? KeyFactory.getInstance(keyAlgorithm, NATIONAL)
        : KeyFactory.getInstance(keyAlgorithm);
  }
}
