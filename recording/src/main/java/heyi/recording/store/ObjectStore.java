package heyi.recording.store;

import heyi.recording.ObjectKey;
import heyi.recording.StreamHash;
import heyi.recording.retention.DisposalPermit;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Keeps evidence: an object is written once and stays as it is. It leaves by one door only, {@link
 * #dispose}, which opens to who holds a permit of {@link heyi.recording.retention.Retention}.
 *
 * <p><b>Threads:</b> safe from many threads; every call blocks, so call it on a virtual thread.
 * <b>Errors:</b> {@link StoreException} and its kinds; nothing is half stored.
 */
public interface ObjectStore {
  /**
   * Stores an object durably. Storing the same content again changes nothing and succeeds, so that
   * a caller who does not know whether the last try arrived may try again.
   *
   * @throws StoreException.WriteOnceViolation when the key holds other content
   * @throws StoreException.ContentMismatch when the content does not have the hash it claims
   * @throws StoreException when the store fails; try again later
   */
  StoredObject put(ObjectKey key, ObjectContent content);

  /**
   * Opens a range of an object; the caller closes the stream.
   *
   * @param offset first byte, 0 to size
   * @param length how many bytes, at most up to the end; fewer come when the object ends earlier
   * @throws StoreException.ObjectNotFound when there is none
   * @throws StoreException when the store fails
   */
  InputStream read(ObjectKey key, long offset, long length);

  /**
   * Opens a whole object; the caller closes the stream.
   *
   * @throws StoreException.ObjectNotFound when there is none
   */
  default InputStream read(ObjectKey key) {
    return read(key, 0, Long.MAX_VALUE);
  }

  /**
   * Reads a whole object back and hashes it: what it really holds now, not what it was stored with.
   *
   * @throws StoreException.ObjectNotFound when there is none
   * @throws StoreException when the store fails, or what it gives back cannot be decrypted
   */
  default StreamHash digest(ObjectKey key) {
    try (InputStream in = read(key)) {
      return StreamHash.of(in);
    } catch (IOException e) {
      throw new StoreException("could not read back " + key, e);
    }
  }

  /** What is known of an object, empty when there is none. */
  Optional<StoredObject> stat(ObjectKey key);

  /**
   * Every object below a key, in the order of their keys.
   *
   * @throws StoreException.Unreachable when not all can be seen: who goes on from where a list
   *     ends, or removes what it names, must not take a part for the whole
   */
  List<ObjectKey> list(ObjectKey prefix);

  /**
   * What can be seen of them now, for those who can do with a part and say so.
   *
   * @throws StoreException.Unreachable when nothing can be seen
   */
  default Listing listing(ObjectKey prefix) {
    return new Listing(list(prefix), "");
  }

  /**
   * Removes an object for good: 销毁. Removing what is not there changes nothing, so that a disposal
   * that was killed may be done again.
   *
   * @throws heyi.recording.retention.RetentionException when the permit is for something else
   * @throws StoreException.Locked when the store itself keeps the object
   * @throws StoreException when the store fails, or is one that never gives anything up
   */
  default void dispose(ObjectKey key, DisposalPermit permit) {
    throw new StoreException("this store gives nothing up, asked for " + key);
  }

  /** What the store itself does against the removal of evidence. Asks it until it has said so. */
  default StoreLock lock() {
    return StoreLock.NONE;
  }

  /**
   * Has a store that can keep an object until the hold is lifted; others leave that to Heyi.
   *
   * @throws StoreException when a store that can fails; try again later
   */
  default void hold(ObjectKey key, LegalHold hold) {
    // without a lock of its own there is nothing to do
  }
}
