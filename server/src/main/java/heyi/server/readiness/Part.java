package heyi.server.readiness;

import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A part of the server that can be asked whether it works.
 *
 * @param name as operators read it
 * @param need whether rooms can do without
 * @param problem what is missing, in a sentence; empty when nothing is. Blocks; what it throws is a
 *     problem too
 */
public record Part(String name, Need need, Callable<Optional<String>> problem) {
  /** Whether rooms can do without a part. */
  public enum Need {
    /** No room can be held without it. */
    REQUIRED,
    /** Rooms are held without it, and what it should have done is done when it is back. */
    DESIRED
  }
}
