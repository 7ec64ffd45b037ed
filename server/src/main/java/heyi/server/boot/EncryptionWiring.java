package heyi.server.boot;

import heyi.recording.RecordingClass;
import heyi.recording.encryption.EncryptedObjectStore;
import heyi.recording.encryption.MasterKeyFile;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** Puts encryption before the object store. */
final class EncryptionWiring {
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
      if (EncryptedObjectStore.holdsKeys(objects)) {
        throw new StartException(
            "The evidence is encrypted and its master key " + file + " is missing; restore it.",
            null);
      }
      Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      MasterKeyFile.create(file, random);
    }
    return new EncryptedObjectStore(
        objects,
        Arrays.stream(RecordingClass.values())
            .map(StoreLayout::directory)
            .collect(Collectors.toUnmodifiableSet()),
        MasterKeyFile.open(file, random),
        random);
  }
}
