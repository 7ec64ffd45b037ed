package heyi.media.colibri2;

/** JSON that is not of Colibri2's form; the message may be shown to whoever sent it. */
public final class ColibriFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  ColibriFormatException(String message) {
    super(message);
  }

  ColibriFormatException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The message of a value that refused its fields; never absent. */
  static ColibriFormatException of(String what, IllegalArgumentException cause) {
    return new ColibriFormatException(what + ": " + cause.getMessage(), cause);
  }
}
