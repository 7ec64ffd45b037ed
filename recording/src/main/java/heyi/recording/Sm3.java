package heyi.recording;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.bouncycastle.jcajce.provider.digest.SM3;

/**
 * An SM3 hash (国密, GB/T 32905-2016) as 64 lower-case hexadecimal digits, beside SHA-256 for those
 * who have to check with national algorithms.
 *
 * @param hex the digits
 */
public record Sm3(String hex) {
  private static final int HEX_DIGITS = 64;

  /** Checks length and digits. */
  public Sm3 {
    boolean digits = hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    if (hex.length() != HEX_DIGITS || !digits) {
      throw new IllegalArgumentException("an SM3 hash is 64 lower-case hexadecimal digits");
    }
  }

  /** The hash of bytes. */
  public static Sm3 of(byte[] bytes) {
    return ofDigest(digest().digest(bytes));
  }

  /** Wraps the 32 bytes that a digest gave. */
  public static Sm3 ofDigest(byte[] bytes) {
    return new Sm3(HexFormat.of().formatHex(bytes));
  }

  /** A fresh digest for hashing piece by piece. */
  public static MessageDigest digest() {
    return new SM3.Digest();
  }

  @Override
  public String toString() {
    return hex;
  }
}
