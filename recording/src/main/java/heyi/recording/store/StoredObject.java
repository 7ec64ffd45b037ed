package heyi.recording.store;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;

/**
 * What a store knows about an object without reading it.
 *
 * @param key its name
 * @param sizeBytes its size
 * @param sha256 the hash that it was stored with
 * @param contentType what it is
 */
public record StoredObject(ObjectKey key, long sizeBytes, Sha256 sha256, String contentType) {
  /**
   * This object, when it holds what is offered for its key.
   *
   * @throws StoreException.WriteOnceViolation when it holds something else
   */
  public StoredObject holding(ObjectContent offered) {
    if (offered.sha256().filter(sha256::equals).isPresent() && sizeBytes == offered.sizeBytes()) {
      return this;
    }
    throw new StoreException.WriteOnceViolation(this, offered);
  }
}
