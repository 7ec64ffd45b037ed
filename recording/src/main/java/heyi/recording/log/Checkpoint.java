package heyi.recording.log;

import heyi.recording.Sha256;
import heyi.recording.seal.EvidenceKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * How large the log is and what is in it, signed by the log and perhaps by witnesses.
 * <b>Source:</b> <a href="https://c2sp.org/tlog-checkpoint">tlog-checkpoint</a>, signed-note,
 * tlog-cosignature.
 *
 * @param origin name of the log
 * @param size number of entries
 * @param root Merkle root over them
 * @param signatures lines as they came, each with its line end
 */
public record Checkpoint(String origin, long size, Sha256 root, String signatures) {
  private static final String DASH = "\u2014 ";
  private static final int KEY_ID_BYTES = 4;
  private static final int SIGNATURE_BYTES = 64;
  private static final int TIME_BYTES = 8;

  /** What is signed. */
  public String body() {
    return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root.bytes()) + "\n";
  }

  /** The whole note. */
  public String text() {
    return body() + "\n" + signatures;
  }

  /** Makes one and signs it. The same tree gives the same bytes. */
  static Checkpoint sign(NoteKey name, EvidenceKey key, long size, Sha256 root) {
    Checkpoint unsigned = new Checkpoint(name.name(), size, root, "");
    byte[] signature = key.sign(utf8(unsigned.body()));
    return unsigned.with(line(name, signature));
  }

  /** With one more line of signature. */
  public Checkpoint with(String signatureLine) {
    return new Checkpoint(origin, size, root, signatures + signatureLine);
  }

  /** A line of signature. */
  static String line(NoteKey key, byte[] signature) {
    byte[] coded =
        ByteBuffer.allocate(KEY_ID_BYTES + signature.length)
            .putInt(key.id())
            .put(signature)
            .array();
    return DASH + key.name() + " " + Base64.getEncoder().encodeToString(coded) + "\n";
  }

  /**
   * Reads a note.
   *
   * @throws LogException when it is no checkpoint in its one spelling
   */
  public static Checkpoint read(String text) {
    int gap = text.indexOf("\n\n");
    if (gap < 0) {
      throw new LogException("a checkpoint has an empty line before its signatures");
    }
    String[] lines = text.substring(0, gap).split("\n", -1);
    if (lines.length != 3) {
      throw new LogException("a checkpoint has three lines, not " + lines.length);
    }
    try {
      Checkpoint checkpoint =
          new Checkpoint(
              lines[0],
              Long.parseLong(lines[1]),
              Sha256.ofDigest(Base64.getDecoder().decode(lines[2])),
              text.substring(gap + 2));
      boolean ends = checkpoint.signatures.endsWith("\n");
      if (checkpoint.size < 0 || !ends || !checkpoint.text().equals(text)) {
        throw new LogException("a checkpoint that is spelled otherwise than it should be");
      }
      return checkpoint;
    } catch (IllegalArgumentException e) {
      throw new LogException("a checkpoint with a wrong value: " + e.getMessage(), e);
    }
  }

  /** Whether the log signed it. */
  public boolean signedBy(NoteKey key) {
    Optional<byte[]> signature = signatureOf(key);
    return key.kind() == NoteKey.Kind.LOG
        && key.name().equals(origin)
        && signature.isPresent()
        && key.key().verifies(utf8(body()), signature.get());
  }

  /** When the witness saw it; empty when it did not cosign, or not rightly. */
  public Optional<Instant> cosignedBy(NoteKey witness) {
    Optional<byte[]> found = signatureOf(witness);
    if (found.isEmpty()
        || witness.kind() != NoteKey.Kind.WITNESS
        || found.get().length != TIME_BYTES + SIGNATURE_BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(found.get());
    long seconds = bytes.getLong();
    byte[] signature = new byte[SIGNATURE_BYTES];
    bytes.get(signature);
    return witness.key().verifies(utf8(cosigned(seconds)), signature)
        ? Optional.of(Instant.ofEpochSecond(seconds))
        : Optional.empty();
  }

  /** The line of a witness who saw it at this time. */
  public String cosign(NoteKey witness, EvidenceKey key, Instant at) {
    byte[] signature = key.sign(utf8(cosigned(at.getEpochSecond())));
    ByteArrayOutputStream timed = new ByteArrayOutputStream();
    timed.writeBytes(ByteBuffer.allocate(TIME_BYTES).putLong(at.getEpochSecond()).array());
    timed.writeBytes(signature);
    return line(witness, timed.toByteArray());
  }

  private String cosigned(long seconds) {
    return "cosignature/v1\ntime " + seconds + "\n" + body();
  }

  /** What stands behind the key's name and id; the first when there are several. */
  private Optional<byte[]> signatureOf(NoteKey key) {
    String start = DASH + key.name() + " ";
    for (String line : signatures.split("\n")) {
      if (line.startsWith(start)) {
        Optional<byte[]> signature = decode(line.substring(start.length()), key.id());
        if (signature.isPresent()) {
          return signature;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<byte[]> decode(String coded, int keyId) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(coded));
      if (bytes.remaining() <= KEY_ID_BYTES || bytes.getInt() != keyId) {
        return Optional.empty();
      }
      byte[] signature = new byte[bytes.remaining()];
      bytes.get(signature);
      return Optional.of(signature);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
