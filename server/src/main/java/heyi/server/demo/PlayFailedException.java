package heyi.server.demo;

import org.jspecify.annotations.Nullable;

/** The play did not go as written; the message says at which step. */
public final class PlayFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PlayFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
