package heyi.recording.log;

import heyi.recording.Sha256;
import heyi.recording.seal.EvidencePublicKey;
import heyi.recording.seal.SealException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A name and the Ed25519 key of whoever signs notes under it. <b>Source:</b> <a
 * href="https://c2sp.org/signed-note">signed-note</a>.
 *
 * @param name of the log or the witness
 * @param kind what its signatures mean
 * @param key its public key
 */
public record NoteKey(String name, Kind kind, EvidencePublicKey key) {
  private static final int RAW_BYTES = 32;

  /** What stands before the 32 bytes in a SubjectPublicKeyInfo of Ed25519 (RFC 8410). */
  private static final byte[] DER_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /** Sorts of signatures, by the byte that stands for them in a key id. */
  public enum Kind {
    /** Of a log over its own checkpoint. */
    LOG((byte) 1),
    /** Of a witness, with the time (tlog-cosignature v1). */
    WITNESS((byte) 4);

    private final byte code;

    Kind(byte code) {
      this.code = code;
    }
  }

  /** Checks the name. */
  public NoteKey {
    boolean unusable = name.isEmpty() || name.contains("+");
    if (unusable || name.chars().anyMatch(Character::isWhitespace)) {
      throw new LogException("not a usable name of a key: " + name);
    }
  }

  /** First four bytes of the hash of name, kind and key. */
  int id() {
    ByteArrayOutputStream hashed = new ByteArrayOutputStream();
    hashed.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    hashed.write('\n');
    hashed.write(kind.code);
    hashed.writeBytes(raw());
    return ByteBuffer.wrap(Sha256.of(hashed.toByteArray()).bytes()).getInt();
  }

  /** As one line: name, id, kind and key, joined by plus signs. */
  public String verifierKey() {
    byte[] coded = new byte[1 + RAW_BYTES];
    coded[0] = kind.code;
    System.arraycopy(raw(), 0, coded, 1, RAW_BYTES);
    return name
        + "+"
        + HexFormat.of().toHexDigits(id())
        + "+"
        + Base64.getEncoder().encodeToString(coded);
  }

  /**
   * Reads such a line.
   *
   * @throws LogException when it is not one of an Ed25519 key
   */
  public static NoteKey ofVerifierKey(String line) {
    String[] parts = line.split("\\+", 3);
    if (parts.length != 3) {
      throw new LogException("a verifier key is name+id+key, not " + line);
    }
    try {
      byte[] coded = Base64.getDecoder().decode(parts[2]);
      if (coded.length != 1 + RAW_BYTES) {
        throw new LogException("not the key of an Ed25519 signer: " + line);
      }
      byte[] der = Arrays.copyOf(DER_PREFIX, DER_PREFIX.length + RAW_BYTES);
      System.arraycopy(coded, 1, der, DER_PREFIX.length, RAW_BYTES);
      NoteKey key = new NoteKey(parts[0], kind(coded[0]), EvidencePublicKey.ofDer(der));
      if (!HexFormat.of().toHexDigits(key.id()).equals(parts[1])) {
        throw new LogException("the id of the verifier key is not its own: " + line);
      }
      return key;
    } catch (IllegalArgumentException | SealException e) {
      throw new LogException("not a verifier key: " + line, e);
    }
  }

  private static Kind kind(byte code) {
    for (Kind kind : Kind.values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new LogException("an unknown kind of signature: " + code);
  }

  private byte[] raw() {
    byte[] der = key.der();
    if (der.length != DER_PREFIX.length + RAW_BYTES) {
      throw new LogException("notes are signed with Ed25519, not " + key.scheme().id());
    }
    return Arrays.copyOfRange(der, DER_PREFIX.length, der.length);
  }
}
