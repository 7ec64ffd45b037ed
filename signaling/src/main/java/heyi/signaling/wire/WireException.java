package heyi.signaling.wire;

import org.jspecify.annotations.Nullable;

/** A client's message that cannot be used; nothing was changed by it. */
public final class WireException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable String replyTo;

  WireException(ErrorCode code, String message, @Nullable String replyTo) {
    super(message);
    this.code = code;
    this.replyTo = replyTo;
  }

  /** What to answer. */
  public ErrorCode code() {
    return code;
  }

  /** The id of the message that it answers, when it could be read. */
  public @Nullable String replyTo() {
    return replyTo;
  }
}
