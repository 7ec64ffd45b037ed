package heyi.recording.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * The key that signs evidence. Its secret half never leaves this object but into the file that it
 * is kept in; {@code toString} says nothing of it.
 *
 * <p><b>Threads:</b> any; immutable.
 */
public final class EvidenceKey {
  private static final String LABEL = "PRIVATE KEY";

  private final PrivateKey secret;
  private final EvidencePublicKey open;

  private EvidenceKey(PrivateKey secret, EvidencePublicKey open) {
    this.secret = secret;
    this.open = open;
  }

  /**
   * Reads the key of a file, or makes one there the first time, mode 0600. Blocks.
   *
   * @param scheme of a key that is made; a key that is there must be of it
   * @throws SealException when the file cannot be used or holds a key of another scheme
   */
  public static EvidenceKey open(Path file, SignatureScheme scheme, SecureRandom random) {
    try {
      if (!Files.exists(file)) {
        KeyPair made = scheme.generate(random);
        EvidencePublicKey open = EvidencePublicKey.ofDer(made.getPublic().getEncoded());
        OwnerOnlyFile.write(file, Pem.write(LABEL, made.getPrivate().getEncoded()) + open.pem());
      }
      EvidenceKey key = ofPem(Files.readString(file, StandardCharsets.UTF_8));
      if (key.open.scheme() != scheme) {
        throw new SealException(
            "the key in " + file + " is " + key.open.scheme().id() + ", not " + scheme.id());
      }
      return key;
    } catch (GeneralSecurityException | IOException e) {
      throw new SealException("the evidence key in " + file + " cannot be used", e);
    }
  }

  /**
   * Reads a PEM text with the private key (PKCS #8) and the public key of it.
   *
   * @throws SealException when it holds something else, or two halves that do not belong together
   */
  public static EvidenceKey ofPem(String pem) {
    List<byte[]> secrets = Pem.read(pem, LABEL);
    if (secrets.size() != 1) {
      throw new SealException("expected one private key, found " + secrets.size());
    }
    EvidencePublicKey open = EvidencePublicKey.ofPem(pem);
    try {
      PrivateKey secret =
          open.scheme().keys().generatePrivate(new PKCS8EncodedKeySpec(secrets.getFirst()));
      EvidenceKey key = new EvidenceKey(secret, open);
      byte[] probe = {1, 2, 3};
      if (!open.verifies(probe, key.sign(probe))) {
        throw new SealException("the private and the public key do not belong together");
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new SealException("not a private key", e);
    }
  }

  /** A key that is kept nowhere, for one run. */
  public static EvidenceKey fresh(SignatureScheme scheme, SecureRandom random) {
    try {
      KeyPair made = scheme.generate(random);
      return new EvidenceKey(
          made.getPrivate(), EvidencePublicKey.ofDer(made.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new SealException("a key could not be made", e);
    }
  }

  /** What everyone may know. */
  public EvidencePublicKey publicKey() {
    return open;
  }

  /** A detached signature over the data. */
  public byte[] sign(byte[] data) {
    try {
      Signature signature = open.scheme().signature();
      signature.initSign(secret);
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new SealException("could not sign", e);
    }
  }

  @Override
  public String toString() {
    return "EvidenceKey " + open.id();
  }
}
