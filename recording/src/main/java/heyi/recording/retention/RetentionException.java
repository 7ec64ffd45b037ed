package heyi.recording.retention;

/** Somebody tried to remove evidence without leave to; nothing was removed. */
public final class RetentionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason as text. */
  public RetentionException(String message) {
    super(message);
  }
}
