package heyi.recording.session;

import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.packaging.EvidencePackage;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.PackageDocument;
import heyi.recording.packaging.PackageWriter;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Sealed recordings, as the object store has them.
 *
 * <p><b>Threads:</b> any; blocks.
 */
final class StoredRecordings {
  /** A session whose disk fails more often than this needs an operator. */
  private static final int MAX_NUMBER = 9;

  private final ObjectStore store;
  private final EvidenceSeals seals;

  StoredRecordings(ObjectStore store, EvidenceSeals seals) {
    this.store = store;
    this.seals = seals;
  }

  EvidencePackage writePackage(RecordingId id, List<PackageDocument> documents, Path target)
      throws IOException {
    return writePackage(id, documents, target, store);
  }

  /** Of a sealed recording, read from the store as an order opened it. */
  EvidencePackage writePackage(
      RecordingId id, List<PackageDocument> documents, Path target, ObjectStore opened)
      throws IOException {
    return new PackageWriter(opened, seals).write(rootOf(id), documents, target);
  }

  SealedRecording sealed(RecordingId id) throws IOException {
    return sealed(rootOf(id));
  }

  private SealedRecording sealed(ObjectKey root) throws IOException {
    ObjectKey key = StoreLayout.manifest(root);
    StoredObject manifest =
        store.stat(key).orElseThrow(() -> new RecordingException(root + " is not sealed"));
    try (InputStream in = store.read(key)) {
      return Sealer.sealedRecording(Manifest.read(in.readAllBytes()), manifest);
    }
  }

  /** One whose manifest is gone is looked for where joint recordings are. */
  StoreReport check(RecordingId id) {
    for (RecordingClass recordingClass : RecordingClass.values()) {
      if (store.stat(StoreLayout.manifest(StoreLayout.root(recordingClass, id))).isPresent()) {
        return new StoreCheck(store, recordingClass, id).run();
      }
    }
    return new StoreCheck(store, RecordingClass.JOINT, id).run();
  }

  /** The last joint one of those named by the prefix and a number; numbers count from 1. */
  Optional<SealedRecording> last(String prefix) {
    Optional<SealedRecording> last = Optional.empty();
    for (int number = 1; number <= MAX_NUMBER; number++) {
      RecordingId id = new RecordingId(prefix + number);
      ObjectKey root = StoreLayout.root(RecordingClass.JOINT, id);
      if (store.stat(StoreLayout.manifest(root)).isEmpty()) {
        continue;
      }
      try {
        last = Optional.of(sealed(root));
      } catch (IOException e) {
        throw new RecordingException("recording " + id + " cannot be read", e);
      }
    }
    return last;
  }

  private ObjectKey rootOf(RecordingId id) {
    for (RecordingClass recordingClass : RecordingClass.values()) {
      ObjectKey root = StoreLayout.root(recordingClass, id);
      if (store.stat(StoreLayout.manifest(root)).isPresent()) {
        return root;
      }
    }
    throw new RecordingException("recording " + id + " is not sealed");
  }
}
