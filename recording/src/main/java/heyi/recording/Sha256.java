package heyi.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 hash (FIPS 180-4) as 64 lower-case hexadecimal digits.
 *
 * @param hex the digits
 */
public record Sha256(String hex) {
  private static final int HEX_DIGITS = 64;

  /** What the first link of a chain names as the one before it. */
  public static final Sha256 NONE = new Sha256("0".repeat(HEX_DIGITS));

  /** Checks length and digits. */
  public Sha256 {
    if (hex.length() != HEX_DIGITS) {
      throw new IllegalArgumentException(
          "a SHA-256 hash has " + HEX_DIGITS + " digits but this has " + hex.length());
    }
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        throw new IllegalArgumentException("not a lower-case hexadecimal digit at " + i);
      }
    }
  }

  /** The hash of bytes. */
  public static Sha256 of(byte[] bytes) {
    return ofDigest(digest().digest(bytes));
  }

  /**
   * The hash of a whole file. <b>Threads:</b> blocks; call it on a virtual thread.
   *
   * @throws IOException when the file cannot be read
   */
  public static Sha256 ofFile(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ofStream(in);
    }
  }

  /**
   * The hash of everything left in a stream. <b>Threads:</b> blocks.
   *
   * @throws IOException when the stream cannot be read
   */
  public static Sha256 ofStream(InputStream in) throws IOException {
    return StreamHash.of(in).sha256();
  }

  /** Wraps the 32 bytes that a digest gave. */
  public static Sha256 ofDigest(byte[] bytes) {
    return new Sha256(HexFormat.of().formatHex(bytes));
  }

  /** A fresh digest for hashing piece by piece. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
