package heyi.server.http;

import heyi.server.identity.User;
import org.jspecify.annotations.Nullable;

/** Recognises callers. Both questions block and are asked on a virtual thread. */
public interface Authenticator {
  /** The person who signed in with this cookie; null when nobody. */
  @Nullable User user(String token);

  /** The seat behind the bearer token; null when it is unknown or no longer valid. */
  @Nullable SeatBearer seat(String token);
}
