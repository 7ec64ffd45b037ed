package heyi.recording.log;

/** The log, or what is said to be a part of it, is not what it should be. */
public final class LogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public LogException(String message) {
    super(message);
  }

  /** With the failure underneath. */
  public LogException(String message, Throwable cause) {
    super(message, cause);
  }
}
