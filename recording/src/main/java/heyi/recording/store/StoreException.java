package heyi.recording.store;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import java.util.Locale;

/** The object store refused or failed; the object is as it was before the call. */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason as text. */
  public StoreException(String message) {
    super(message);
  }

  /** With the failure underneath. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The key already holds other content: somebody tries to change evidence. */
  public static final class WriteOnceViolation extends StoreException {
    private static final long serialVersionUID = 1L;

    /** States what is stored and what was offered. */
    public WriteOnceViolation(StoredObject stored, ObjectContent offered) {
      super(
          String.format(
              Locale.ROOT,
              "object %s holds %s (%d bytes), refused to replace it by %s (%d bytes)",
              stored.key(),
              stored.sha256(),
              stored.sizeBytes(),
              offered.sha256().map(Sha256::hex).orElse("content not hashed yet"),
              offered.sizeBytes()));
    }
  }

  /** The store does not answer: away, restarting, or behind a broken line. Try again later. */
  public static final class Unreachable extends StoreException {
    private static final long serialVersionUID = 1L;

    /** With what was wanted, and the failure underneath. */
    public Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** There is no object of that key. */
  public static final class ObjectNotFound extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Names the key. */
    public ObjectNotFound(ObjectKey key) {
      super("no object " + key);
    }
  }

  /** What arrived at the store is not what was sent. */
  public static final class ContentMismatch extends StoreException {
    private static final long serialVersionUID = 1L;

    /** States both sides. */
    public ContentMismatch(ObjectKey key, String expected, String actual) {
      super("object " + key + " should be " + expected + " but is " + actual);
    }
  }

  /** The store keeps the object: its time there is not over, or a hold lies on it. */
  public static final class Locked extends StoreException {
    private static final long serialVersionUID = 1L;

    /** Names the key. */
    public Locked(ObjectKey key, Throwable cause) {
      super("the store does not give up " + key + ": " + cause.getMessage(), cause);
    }
  }
}
