package heyi.recording.encryption;

import heyi.recording.store.StoreException;

/** Bytes at rest were changed, or their key is not the one at hand. Trying again does not help. */
public final class UndecryptableException extends StoreException {
  private static final long serialVersionUID = 1L;

  UndecryptableException(String message) {
    super(message);
  }

  UndecryptableException(String message, Throwable cause) {
    super(message, cause);
  }
}
