package heyi.recording.store;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.StreamHash;
import heyi.recording.retention.DisposalPermit;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Believes a store only what it gives back: after each put the object is read again, and its size
 * and hash are compared with what was sent. Stores were seen to keep an empty object and to say
 * yes.
 *
 * <p><b>Errors:</b> {@link StoreException.ContentMismatch} when the store gives back other bytes.
 * The object is write-once, so the same key cannot be tried again there; another store can take it.
 *
 * <p><b>Bounds:</b> the last {@value #MAX_REMEMBERED} objects found right are not read again when
 * the same content is put once more. <b>Threads:</b> any; blocks.
 */
public final class ReadBackStore implements ObjectStore {
  /** Chunks of two seconds of eleven hours. */
  private static final int MAX_REMEMBERED = 20_000;

  private final ObjectStore store;
  private final Map<ObjectKey, Sha256> right =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectKey, Sha256> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /** Checks what this store keeps. */
  public ReadBackStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public StoredObject put(ObjectKey key, ObjectContent content) {
    StoredObject stored = store.put(key, content);
    if (!isRight(key, stored.sha256())) {
      readBack(stored, content);
      remember(key, stored.sha256());
    }
    return stored;
  }

  @Override
  public InputStream read(ObjectKey key, long offset, long length) {
    return store.read(key, offset, length);
  }

  @Override
  public Optional<StoredObject> stat(ObjectKey key) {
    return store.stat(key);
  }

  @Override
  public List<ObjectKey> list(ObjectKey prefix) {
    return store.list(prefix);
  }

  @Override
  public void dispose(ObjectKey key, DisposalPermit permit) {
    store.dispose(key, permit);
    forget(key);
  }

  @Override
  public StoreLock lock() {
    return store.lock();
  }

  @Override
  public void hold(ObjectKey key, LegalHold hold) {
    store.hold(key, hold);
  }

  private synchronized void forget(ObjectKey key) {
    right.remove(key);
  }

  private void readBack(StoredObject stored, ObjectContent content) {
    try (InputStream in = store.read(stored.key())) {
      StreamHash kept = StreamHash.of(in);
      content.require(stored.key(), kept);
      if (!kept.sha256().equals(stored.sha256())) {
        throw new StoreException.ContentMismatch(
            stored.key(), stored.sha256().hex(), kept.sha256().hex());
      }
    } catch (IOException e) {
      throw new StoreException("could not read back " + stored.key(), e);
    }
  }

  private synchronized boolean isRight(ObjectKey key, Sha256 sha256) {
    return sha256.equals(right.get(key));
  }

  private synchronized void remember(ObjectKey key, Sha256 sha256) {
    right.put(key, sha256);
  }
}
