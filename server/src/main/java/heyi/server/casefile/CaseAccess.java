package heyi.server.casefile;

import heyi.server.http.Problem;
import heyi.server.identity.Role;
import heyi.server.identity.User;
import heyi.server.identity.UserId;

/**
 * Who may see and lead what. A case that is not the caller's is told as not found: that it exists
 * is nobody else's business. Blocks; call on a virtual thread.
 */
public final class CaseAccess {
  private final CaseStore cases;

  /** Uses the store. */
  public CaseAccess(CaseStore cases) {
    this.cases = cases;
  }

  /** True when the person may see the case at all. */
  public static boolean maySee(User user, CaseFile caseFile) {
    return maySee(user, caseFile.mediator().id());
  }

  private static boolean maySee(User user, UserId mediator) {
    return user.is(Role.AUDITOR) || user.is(Role.CLERK) || leads(user, mediator);
  }

  private static boolean leads(User user, CaseFile caseFile) {
    return leads(user, caseFile.mediator().id());
  }

  private static boolean leads(User user, UserId mediator) {
    return user.is(Role.MEDIATOR) && mediator.equals(user.id());
  }

  /** The case, when the person may see it. */
  public CaseFile seen(User user, CaseId id) {
    CaseFile caseFile = cases.find(id);
    if (caseFile == null || !maySee(user, caseFile)) {
      throw Problem.notFound("case");
    }
    return caseFile;
  }

  /** The session's case, when the person may see it. */
  public CaseFile seen(User user, SessionId session) {
    CaseFile caseFile = cases.findBySession(session);
    if (caseFile == null || !maySee(user, caseFile)) {
      throw Problem.notFound("session");
    }
    return caseFile;
  }

  /** How the session stands, when the person may see it; reads less than {@link #seen}. */
  public CaseStore.Standing standing(User user, SessionId session) {
    CaseStore.Standing standing = cases.standing(session);
    if (standing == null || !maySee(user, standing.mediator())) {
      throw Problem.notFound("session");
    }
    return standing;
  }

  /** The session's case, when the person is its mediator. */
  public CaseFile led(User user, SessionId session) {
    return requireLed(user, seen(user, session));
  }

  /** The case, when the person is its mediator. */
  public CaseFile led(User user, CaseId id) {
    return requireLed(user, seen(user, id));
  }

  private static CaseFile requireLed(User user, CaseFile caseFile) {
    if (!leads(user, caseFile)) {
      throw Problem.notAllowed("Only the mediator of the case may do this.");
    }
    return caseFile;
  }
}
