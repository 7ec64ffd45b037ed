package heyi.server.custody;

import heyi.server.http.Problem;
import heyi.server.identity.Role;
import heyi.server.identity.User;
import org.jspecify.annotations.Nullable;

/**
 * Who keeps evidence: clerks of the organisation and auditors. A disposal needs one of each.
 *
 * <p><b>Source:</b> a decision of ours, for no text that we read names the two; the clerk answers
 * for the files of the organisation, the auditor for their having been kept.
 */
final class CustodyRights {
  private CustodyRights() {}

  /** Whether the person may place and lift holds, and ask for disposals. */
  static boolean mayAct(User user) {
    return user.is(Role.CLERK) || user.is(Role.AUDITOR);
  }

  /** The role in which the person asks. */
  static Role asking(User user) {
    if (!mayAct(user)) {
      throw Problem.notAllowed("Only clerks and auditors keep evidence.");
    }
    return user.is(Role.CLERK) ? Role.CLERK : Role.AUDITOR;
  }

  /** The role in which the person may agree to what was asked in the other; null when in none. */
  static @Nullable Role agreeing(User user, String askedAs) {
    Role other = askedAs.equals(Role.CLERK.word()) ? Role.AUDITOR : Role.CLERK;
    return user.is(other) ? other : null;
  }
}
