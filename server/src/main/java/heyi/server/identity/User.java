package heyi.server.identity;

import java.util.Set;

/** A signed-in person. */
public record User(UserId id, String displayName, Set<Role> roles) {

  /** Copies the roles. */
  public User {
    roles = Set.copyOf(roles);
  }

  /** True when the person has the role. */
  public boolean is(Role role) {
    return roles.contains(role);
  }
}
