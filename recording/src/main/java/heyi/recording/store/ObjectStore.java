package heyi.recording.store;

import heyi.recording.ObjectKey;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Keeps evidence: an object is written once and stays as it is. There is no delete.
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

  /** What is known of an object, empty when there is none. */
  Optional<StoredObject> stat(ObjectKey key);

  /** Every object below a key, in the order of their keys. */
  List<ObjectKey> list(ObjectKey prefix);
}
