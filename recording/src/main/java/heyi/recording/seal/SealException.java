package heyi.recording.seal;

/** A key, a signature or a time stamp cannot be made or read. */
public final class SealException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public SealException(String message) {
    super(message);
  }

  /** With the failure underneath. */
  public SealException(String message, Throwable cause) {
    super(message, cause);
  }
}
