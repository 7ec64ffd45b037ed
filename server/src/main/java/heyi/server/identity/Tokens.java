package heyi.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Makes and recognises bearer tokens: 128 random bits, written as 22 characters of base64url.
 *
 * <p>Only the SHA-256 of a token is ever stored. A fast hash is right here: unlike a password, 128
 * random bits cannot be guessed. Thread-safe.
 */
public final class Tokens {
  private static final int TOKEN_BYTES = 16;
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{22}");
  private static final String ID_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int ID_LENGTH = 12;

  private final SecureRandom random;

  /** Uses the given source of randomness. */
  public Tokens(SecureRandom random) {
    this.random = random;
  }

  /** A fresh token. */
  public Secret<String> fresh() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** A fresh readable identity such as {@code case-k3m9…}: 60 random bits, not a secret. */
  public String freshId(String prefix) {
    StringBuilder id = new StringBuilder(prefix).append('-');
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
    }
    return id.toString();
  }

  /** True when the text could be a token at all; anything else is unknown without a look-up. */
  public static boolean looksLikeToken(String text) {
    return SHAPE.matcher(text).matches();
  }

  /** What is stored instead of the token. */
  public static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
