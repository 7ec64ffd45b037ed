package heyi.recording.encryption;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.retention.DisposalPermit;
import heyi.recording.store.BoundedStream;
import heyi.recording.store.LegalHold;
import heyi.recording.store.Listing;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import heyi.recording.store.StoreLock;
import heyi.recording.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An object store whose evidence lies encrypted in another one.
 *
 * <p>Sizes and hashes are those of the plain bytes. Encrypted is what is below the roots of
 * evidence; other objects, and evidence from before encryption was switched on, pass through as
 * they are: the ledger's hashes protect them from change all the same.
 *
 * <p><b>Threads:</b> any; blocks. <b>Bounds:</b> one segment of 64 KiB per stream.
 */
public final class EncryptedObjectStore implements ObjectStore {
  private final ObjectStore store;
  private final Set<String> roots;
  private final SessionKeys keys;
  private final SecureRandom random;

  /**
   * Stands before a store.
   *
   * @param roots first segments of the keys whose objects are encrypted
   */
  public EncryptedObjectStore(
      ObjectStore store, Set<ObjectKey> roots, KeyManagement management, SecureRandom random) {
    this.store = store;
    this.roots = roots.stream().map(ObjectKey::value).collect(Collectors.toUnmodifiableSet());
    this.keys = new SessionKeys(management, random);
    this.random = random;
  }

  @Override
  public StoredObject put(ObjectKey key, ObjectContent content) {
    if (!encrypts(key)) {
      return store.put(key, content);
    }
    Optional<StoredObject> there = known(key);
    if (there.isPresent()) {
      return there.get().holding(content);
    }
    byte[] salt = new byte[EncryptedObject.SALT_BYTES];
    random.nextBytes(salt);
    Sha256 plainHash = content.sha256().orElseGet(() -> hashOf(key, content));
    EncryptedObject object =
        EncryptedObject.fresh(keys.current(key), key, salt, content.sizeBytes(), plainHash);
    try {
      store.put(
          key,
          ObjectContent.unhashed(
              () -> object.encrypt(content.open()),
              object.encryptedBytes(),
              content.contentType()));
    } catch (StoreException.WriteOnceViolation taken) {
      // Somebody stored it meanwhile, under another salt; what he stored decides.
      return stat(key).orElseThrow(() -> taken).holding(content);
    }
    return plain(key, object, content.contentType());
  }

  /** A store that does not answer now may have another one behind it that takes the object. */
  private Optional<StoredObject> known(ObjectKey key) {
    try {
      return stat(key);
    } catch (UndecryptableException e) {
      throw e;
    } catch (StoreException away) {
      return Optional.empty();
    }
  }

  /** The hash stands at the head of the object, so it has to be known before. */
  private static Sha256 hashOf(ObjectKey key, ObjectContent content) {
    try (InputStream in = content.open()) {
      return Sha256.ofStream(in);
    } catch (IOException e) {
      throw new StoreException("could not read the content of " + key, e);
    }
  }

  @Override
  public InputStream read(ObjectKey key, long offset, long length) {
    Optional<EncryptedObject> encrypted = header(key);
    if (encrypted.isEmpty()) {
      return store.read(key, offset, length);
    }
    EncryptedObject object = encrypted.get();
    long wanted = Math.min(length, object.plainBytes() - offset);
    if (wanted <= 0) {
      return new ByteArrayInputStream(new byte[0]);
    }
    long from = object.positionOf(offset);
    long to = object.positionOf(offset + wanted - 1 + EncryptedObject.SEGMENT_BYTES);
    try {
      return new BoundedStream(object.decrypt(store.read(key, from, to - from), offset), wanted);
    } catch (IOException e) {
      throw new UndecryptableException("object " + key + " cannot be decrypted", e);
    }
  }

  @Override
  public Optional<StoredObject> stat(ObjectKey key) {
    Optional<StoredObject> stored = store.stat(key);
    if (stored.isEmpty()) {
      return stored;
    }
    return header(key)
        .map(object -> plain(key, object, stored.get().contentType()))
        .or(() -> stored);
  }

  @Override
  public List<ObjectKey> list(ObjectKey prefix) {
    return store.list(prefix);
  }

  @Override
  public Listing listing(ObjectKey prefix) {
    return store.listing(prefix);
  }

  /** The object goes with its wrapped key, and what was unwrapped of it is forgotten. */
  @Override
  public void dispose(ObjectKey key, DisposalPermit permit) {
    store.dispose(key, permit);
    keys.forget(key);
  }

  @Override
  public StoreLock lock() {
    return store.lock();
  }

  @Override
  public void hold(ObjectKey key, LegalHold hold) {
    store.hold(key, hold);
  }

  private boolean encrypts(ObjectKey key) {
    return roots.contains(key.value().split("/", 2)[0]);
  }

  /** The header of an object that is there; empty when the object is a plain one. */
  private Optional<EncryptedObject> header(ObjectKey key) {
    if (!encrypts(key)) {
      return Optional.empty();
    }
    try (InputStream in = store.read(key, 0, EncryptedObject.HEADER_BYTES)) {
      return EncryptedObject.read(keys, key, in.readNBytes(EncryptedObject.HEADER_BYTES));
    } catch (IOException e) {
      throw new StoreException("could not read " + key, e);
    }
  }

  private static StoredObject plain(ObjectKey key, EncryptedObject object, String contentType) {
    return new StoredObject(key, object.plainBytes(), object.plainHash(), contentType);
  }
}
