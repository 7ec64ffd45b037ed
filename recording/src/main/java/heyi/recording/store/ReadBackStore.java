package heyi.recording.store;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.StreamHash;
import heyi.recording.retention.DisposalPermit;
import java.util.LinkedHashMap;
import java.util.Map;

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
public final class ReadBackStore extends ForwardingStore {
  /** Chunks of two seconds of eleven hours. */
  private static final int MAX_REMEMBERED = 20_000;

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
    super(store);
  }

  @Override
  public StoredObject put(ObjectKey key, ObjectContent content) {
    StoredObject stored = super.put(key, content);
    if (!isRight(key, stored.sha256())) {
      readBack(stored, content);
      remember(key, stored.sha256());
    }
    return stored;
  }

  @Override
  public void dispose(ObjectKey key, DisposalPermit permit) {
    super.dispose(key, permit);
    forget(key);
  }

  private synchronized void forget(ObjectKey key) {
    right.remove(key);
  }

  private void readBack(StoredObject stored, ObjectContent content) {
    StreamHash kept = digest(stored.key());
    content.require(stored.key(), kept);
    if (!kept.sha256().equals(stored.sha256())) {
      throw new StoreException.ContentMismatch(
          stored.key(), stored.sha256().hex(), kept.sha256().hex());
    }
  }

  private synchronized boolean isRight(ObjectKey key, Sha256 sha256) {
    return sha256.equals(right.get(key));
  }

  private synchronized void remember(ObjectKey key, Sha256 sha256) {
    right.put(key, sha256);
  }
}
