package heyi.recording.store;

import heyi.recording.ObjectKey;
import heyi.recording.retention.DisposalPermit;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that may be away when the server starts: opened with the first call that finds it there.
 * Until then every call fails as those of a store that went away later do, so that whoever calls
 * waits and tries again.
 *
 * <p><b>Threads:</b> any; blocks. Several may open it at once, the last one is kept.
 */
public final class LateObjectStore implements ObjectStore {
  private final Supplier<? extends ObjectStore> opening;
  private volatile @Nullable ObjectStore opened;

  private LateObjectStore(Supplier<? extends ObjectStore> opening) {
    this.opening = opening;
  }

  /**
   * Tries once now.
   *
   * @param opening connects; may be called again and again
   * @param onAway told why, when the store does not answer yet
   * @throws StoreException when the store answers and refuses: that is a mistake of the settings
   */
  public static ObjectStore open(
      Supplier<? extends ObjectStore> opening, Consumer<StoreException> onAway) {
    LateObjectStore late = new LateObjectStore(opening);
    try {
      late.store();
    } catch (StoreException.Unreachable away) {
      onAway.accept(away);
    }
    return late;
  }

  private ObjectStore store() {
    ObjectStore there = opened;
    if (there == null) {
      there = opening.get();
      opened = there;
    }
    return there;
  }

  @Override
  public StoredObject put(ObjectKey key, ObjectContent content) {
    return store().put(key, content);
  }

  @Override
  public InputStream read(ObjectKey key, long offset, long length) {
    return store().read(key, offset, length);
  }

  @Override
  public Optional<StoredObject> stat(ObjectKey key) {
    return store().stat(key);
  }

  @Override
  public List<ObjectKey> list(ObjectKey prefix) {
    return store().list(prefix);
  }

  @Override
  public Listing listing(ObjectKey prefix) {
    return store().listing(prefix);
  }

  @Override
  public void dispose(ObjectKey key, DisposalPermit permit) {
    store().dispose(key, permit);
  }

  /** Not said while the store is away. */
  @Override
  public StoreLock lock() {
    try {
      return store().lock();
    } catch (StoreException.Unreachable _) {
      return StoreLock.UNKNOWN;
    }
  }

  @Override
  public void hold(ObjectKey key, LegalHold hold) {
    store().hold(key, hold);
  }
}
