package heyi.recording.composite;

/** A film could not be made; the recording is untouched, and whole segments are kept. */
public final class CompositeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason as text. */
  public CompositeException(String message) {
    super(message);
  }

  /** With the failure underneath. */
  public CompositeException(String message, Throwable cause) {
    super(message, cause);
  }
}
