package heyi.server.sql;

import org.jspecify.annotations.Nullable;

/** The database could not be started, reached or migrated; the message is one clear sentence. */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
