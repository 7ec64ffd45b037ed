package heyi.recording.mux;

/** Tracks could not be made; the journal is untouched and can be muxed again. */
public final class MuxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason as text. */
  public MuxException(String message) {
    super(message);
  }

  /** With the failure underneath. */
  public MuxException(String message, Throwable cause) {
    super(message, cause);
  }
}
