package heyi.server.boot;

import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.encryption.EncryptedObjectStore;
import heyi.recording.encryption.MasterKeyFile;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts encryption before the object store. */
final class EncryptionWiring {
  private static final Logger log = LoggerFactory.getLogger(EncryptionWiring.class);
  private static final ObjectKey KEY_IDS = new ObjectKey("keys");

  private EncryptionWiring() {}

  /**
   * The store to use. Blocks.
   *
   * @throws StartException when evidence is encrypted and its master key is not there: a fresh key
   *     could not read it
   */
  static ObjectStore before(
      ObjectStore objects, HeyiConfig.Recording config, DataDirectory directory)
      throws IOException {
    if (!config.encryption()) {
      return objects;
    }
    SecureRandom random = new SecureRandom();
    Path file =
        Objects.requireNonNullElse(config.masterKeyFile(), directory.keys().resolve("master"));
    if (!Files.exists(file)) {
      if (isNeeded(objects, file)) {
        throw new StartException(
            "The evidence is encrypted and its master key " + file + " is missing; restore it.",
            null);
      }
      Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      MasterKeyFile.create(file, random);
    }
    MasterKeyFile master = MasterKeyFile.open(file, random);
    remember(master.currentId(), objects);
    return new EncryptedObjectStore(
        objects,
        Arrays.stream(RecordingClass.values())
            .map(StoreLayout::directory)
            .collect(Collectors.toUnmodifiableSet()),
        master,
        random);
  }

  private static boolean isNeeded(ObjectStore objects, Path file) {
    try {
      return !objects.list(KEY_IDS).isEmpty();
    } catch (StoreException e) {
      throw new StartException(
          "The master key "
              + file
              + " is missing, and the object store does not say whether evidence needs it: "
              + e.getMessage()
              + ".",
          e);
    }
  }

  /** The store knows which keys it needs; a store that is away now is told at the next start. */
  private static void remember(String keyId, ObjectStore objects) {
    try {
      byte[] text = (keyId + "\n").getBytes(StandardCharsets.UTF_8);
      objects.put(KEY_IDS.child(keyId), ObjectContent.ofBytes(text, "text/plain"));
    } catch (StoreException e) {
      log.warn("the store was not told of master key {}: {}", keyId, e.getMessage());
    }
  }
}
