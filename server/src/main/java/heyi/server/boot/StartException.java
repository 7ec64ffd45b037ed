package heyi.server.boot;

import org.jspecify.annotations.Nullable;

/** Heyi cannot start on this machine as asked; the message is one clear sentence. */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
