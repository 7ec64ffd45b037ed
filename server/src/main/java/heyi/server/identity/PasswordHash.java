package heyi.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as Argon2id (RFC 9106) in PHC string form.
 *
 * <p>12 MiB, three passes, one lane: OWASP's setting for servers with little memory; about 50 ms on
 * a small machine. The parameters stand in the string, so they can be raised later without breaking
 * old hashes. Slow by design: never call on an event loop.
 */
final class PasswordHash {
  private static final int MEMORY_KIB = 12_288;
  private static final int PASSES = 3;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=1"
              + "\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

  private PasswordHash() {}

  static String of(String password, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = derive(password, salt, MEMORY_KIB, PASSES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return String.format(
        Locale.ROOT,
        "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s",
        MEMORY_KIB,
        PASSES,
        base64.encodeToString(salt),
        base64.encodeToString(hash));
  }

  static boolean matches(String phc, String password) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      return false;
    }
    byte[] salt = Base64.getDecoder().decode(parts.group(3));
    byte[] expected = Base64.getDecoder().decode(parts.group(4));
    byte[] found =
        derive(password, salt, Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    return MessageDigest.isEqual(expected, found);
  }

  private static byte[] derive(String password, byte[] salt, int memoryKib, int passes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
