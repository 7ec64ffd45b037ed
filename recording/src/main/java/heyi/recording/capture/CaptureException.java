package heyi.recording.capture;

/** The recorder could not join the conference; nothing was recorded. */
public final class CaptureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public CaptureException(String message) {
    super(message);
  }
}
