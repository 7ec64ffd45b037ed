package heyi.recording.store;

import heyi.recording.ObjectKey;
import heyi.recording.StreamHash;
import heyi.recording.retention.DisposalPermit;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A store before another one: what a subclass does not do in another way, the other does. */
public abstract class ForwardingStore implements ObjectStore {
  private final ObjectStore store;

  /** Stands before a store. */
  protected ForwardingStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public StoredObject put(ObjectKey key, ObjectContent content) {
    return store.put(key, content);
  }

  @Override
  public InputStream read(ObjectKey key, long offset, long length) {
    return store.read(key, offset, length);
  }

  @Override
  public StreamHash digest(ObjectKey key) {
    return store.digest(key);
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
  public Listing listing(ObjectKey prefix) {
    return store.listing(prefix);
  }

  @Override
  public void dispose(ObjectKey key, DisposalPermit permit) {
    store.dispose(key, permit);
  }

  @Override
  public StoreLock lock() {
    return store.lock();
  }

  @Override
  public void hold(ObjectKey key, LegalHold hold) {
    store.hold(key, hold);
  }
}
