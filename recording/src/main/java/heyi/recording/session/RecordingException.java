package heyi.recording.session;

/** A recording could not start, go on or be sealed; what was received stays on disk. */
public final class RecordingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason as text. */
  public RecordingException(String message) {
    super(message);
  }

  /** With the failure underneath. */
  public RecordingException(String message, Throwable cause) {
    super(message, cause);
  }
}
