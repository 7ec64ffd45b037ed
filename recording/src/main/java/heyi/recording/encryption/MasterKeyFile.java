package heyi.recording.encryption;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;

/**
 * Master keys in a file that only its owner reads: a line each, {@code id base64-of-32-bytes}. The
 * first one wraps, all of them unwrap, so a new key is put on top and old evidence stays readable.
 *
 * <p>Of each master key another key is derived for each class of evidence. Who loses the file loses
 * the evidence: keep a copy elsewhere.
 */
public final class MasterKeyFile implements KeyManagement {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,63}");
  private static final byte[] NO_SALT = {};
  private static final String OWNER_ONLY = "rw-------";

  private final Map<String, byte[]> keys;
  private final String current;
  private final SecureRandom random;

  private MasterKeyFile(Map<String, byte[]> keys, String current, SecureRandom random) {
    this.keys = Map.copyOf(keys);
    this.current = current;
    this.random = random;
  }

  /**
   * Makes a file with one fresh key. <b>Threads:</b> blocks.
   *
   * @throws IOException when it is there already, or cannot be written
   */
  public static void create(Path file, SecureRandom random) throws IOException {
    byte[] id = new byte[8];
    byte[] key = new byte[AesGcm.KEY_BYTES];
    random.nextBytes(id);
    random.nextBytes(key);
    String line =
        Base64.getUrlEncoder().withoutPadding().encodeToString(id)
            + " "
            + Base64.getEncoder().encodeToString(key)
            + "\n";
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    Files.writeString(file, line, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
  }

  /** The key that wraps now; says nothing about it. */
  public String currentId() {
    return current;
  }

  /**
   * Reads the keys. <b>Threads:</b> blocks.
   *
   * @throws IOException when the file cannot be read or is not one; the message never shows a key
   */
  public static MasterKeyFile open(Path file, SecureRandom random) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.US_ASCII));
    lines.removeIf(String::isBlank);
    Map<String, byte[]> keys = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] parts = lines.get(i).strip().split(" ", -1);
      byte[] key = parts.length == 2 ? decode(parts[1]) : new byte[0];
      if (!ID.matcher(parts[0]).matches()
          || key.length != AesGcm.KEY_BYTES
          || keys.putIfAbsent(parts[0], key) != null) {
        throw new IOException(
            file + " line " + (i + 1) + " is not 'id base64-of-32-bytes' with an id of its own");
      }
    }
    if (keys.isEmpty()) {
      throw new IOException(file + " holds no key");
    }
    return new MasterKeyFile(keys, keys.keySet().iterator().next(), random);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  @Override
  public WrappedKey wrap(String context, byte[] key) {
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] wrapped =
        AesGcm.encrypt(
            classKey(Objects.requireNonNull(keys.get(current)), context), nonce, aad(context), key);
    byte[] bytes =
        ByteBuffer.allocate(nonce.length + wrapped.length).put(nonce).put(wrapped).array();
    return new WrappedKey(current, bytes);
  }

  @Override
  public byte[] unwrap(String context, WrappedKey wrapped) {
    byte[] master = keys.get(wrapped.masterKeyId());
    if (master == null) {
      throw new UndecryptableException(
          "the key of " + context + " needs master key " + wrapped.masterKeyId());
    }
    if (wrapped.bytes().length < AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES) {
      throw new UndecryptableException("the key of " + context + " is cut off");
    }
    ByteBuffer buffer = ByteBuffer.wrap(wrapped.bytes());
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    buffer.get(nonce);
    byte[] encrypted = new byte[buffer.remaining()];
    buffer.get(encrypted);
    try {
      return AesGcm.decrypt(classKey(master, context), nonce, aad(context), encrypted);
    } catch (AEADBadTagException e) {
      throw new UndecryptableException("the key of " + context + " was changed", e);
    }
  }

  /** Evidence of another class has another key. */
  private static SecretKey classKey(byte[] master, String context) {
    return AesGcm.derive(master, NO_SALT, "class " + context.split("/", 2)[0]);
  }

  private static byte[] aad(String context) {
    return context.getBytes(StandardCharsets.UTF_8);
  }
}
