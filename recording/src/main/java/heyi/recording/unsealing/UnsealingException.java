package heyi.recording.unsealing;

/** Somebody tried to open what is sealed without leave to; he saw nothing. */
public final class UnsealingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason as text. */
  public UnsealingException(String message) {
    super(message);
  }
}
