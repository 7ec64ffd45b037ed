package heyi.server.replay;

import heyi.server.casefile.CaseAccess;
import heyi.server.casefile.CaseFile;
import heyi.server.casefile.CaseStore;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;
import heyi.server.http.Problem;
import heyi.server.identity.Role;
import heyi.server.identity.User;
import heyi.server.identity.UserId;

/**
 * The one place that says who may do what with a sealed recording. Watching it and taking it away
 * are different rights: who may replay may not by that download.
 *
 * <table>
 *   <caption>Rights</caption>
 *   <tr><th></th><th>auditor</th><th>mediator of the case</th><th>others</th></tr>
 *   <tr><td>replay, ask for films and clips</td><td>yes</td><td>yes</td><td>no</td></tr>
 *   <tr><td>decide on a clip</td><td>yes, not on his own</td><td>yes, not on his own</td><td>no</td></tr>
 *   <tr><td>download a package, film or clip</td><td>yes</td><td>a clip that he and an auditor agreed on</td><td>no</td></tr>
 * </table>
 *
 * <p>Of a recording that was disposed of nobody may do anything: 410.
 *
 * <p>Blocks; call on a virtual thread. <b>Source:</b> 法释〔2017〕5号 art. 15: nobody copies a recording
 * without permission.
 */
public final class RecordingRights {
  private final CaseAccess access;

  /** Uses the cases. */
  public RecordingRights(CaseAccess access) {
    this.access = access;
  }

  /** The session's case, when the person may replay its recording. */
  public CaseFile replayed(User user, SessionId session) {
    CaseFile caseFile = access.seen(user, session);
    requireReplay(user, session, caseFile.mediator().id(), caseFile.session(session).state());
    return caseFile;
  }

  /**
   * How the session stands, when the person may replay its recording. A player asks with each piece
   * of a track, six at once when somebody seeks: the whole case is too much to read for that.
   */
  public SessionState played(User user, SessionId session) {
    CaseStore.Standing standing = access.standing(user, session);
    requireReplay(user, session, standing.mediator(), standing.state());
    return standing.state();
  }

  private static void requireReplay(
      User user, SessionId session, UserId mediator, SessionState state) {
    if (!mayReplay(user, mediator)) {
      throw Problem.notAllowed("Only auditors and the mediator of the case may replay.");
    }
    if (state == SessionState.DISPOSED) {
      throw new Problem(
          410,
          "disposed",
          "Disposed of",
          "The recording was disposed of by order of two people (已依法销毁); its tombstone is at"
              + " /api/sessions/"
              + session.value()
              + "/tombstone.");
    }
  }

  /** The session's case, when the person may take its recording away. */
  public CaseFile downloaded(User user, SessionId session) {
    CaseFile caseFile = replayed(user, session);
    if (!mayDownload(user)) {
      throw downloadRefused();
    }
    return caseFile;
  }

  /** What is said to who may watch only. */
  public static Problem downloadRefused() {
    return Problem.notAllowed(
        "Only auditors may download; to replay a recording is another right.");
  }

  /** Whether the person may take the clip away that the two decided on. */
  public static boolean mayDownloadClip(User user, UserId asked, UserId decided) {
    return user.id().equals(asked) || user.id().equals(decided);
  }

  /** Whether the person may take recordings away without being permitted each. */
  public static boolean mayDownload(User user) {
    return user.is(Role.AUDITOR);
  }

  /** Whether the person may decide on what the other one asked for. */
  public static boolean mayDecide(User user, UserId asked) {
    return !user.id().equals(asked);
  }

  private static boolean mayReplay(User user, UserId mediator) {
    boolean leads = user.is(Role.MEDIATOR) && mediator.equals(user.id());
    return user.is(Role.AUDITOR) || leads;
  }
}
