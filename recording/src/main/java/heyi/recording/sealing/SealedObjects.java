package heyi.recording.sealing;

import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads small objects of sealed recordings whole. */
final class SealedObjects {
  private final ObjectStore store;

  SealedObjects(ObjectStore store) {
    this.store = store;
  }

  /** Where a sealed recording is; empty when there is none of the name. */
  Optional<ObjectKey> rootOf(RecordingId id) {
    return Stream.of(RecordingClass.values())
        .map(recordingClass -> StoreLayout.root(recordingClass, id))
        .filter(root -> store.stat(StoreLayout.manifest(root)).isPresent())
        .findFirst();
  }

  /** Null when there is none. */
  byte @Nullable [] find(ObjectKey object) {
    try {
      return store.stat(object).isEmpty() ? null : read(object);
    } catch (IOException e) {
      throw new StoreException("could not read " + object, e);
    }
  }

  byte[] read(ObjectKey object) throws IOException {
    try (InputStream in = store.read(object)) {
      return in.readAllBytes();
    }
  }
}
