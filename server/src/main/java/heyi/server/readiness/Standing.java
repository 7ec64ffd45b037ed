package heyi.server.readiness;

import org.jspecify.annotations.Nullable;

/**
 * What was found of a part.
 *
 * @param problem what is missing; null when it is ready
 */
public record Standing(String name, Part.Need need, @Nullable String problem) {
  /** Whether it can do its work. */
  public boolean ready() {
    return problem == null;
  }
}
