package heyi.server.casefile;

import heyi.server.casefile.SessionCommand.Begin;
import heyi.server.casefile.SessionCommand.Close;
import heyi.server.casefile.SessionCommand.Fail;
import heyi.server.casefile.SessionCommand.Seal;

/**
 * The pure rules of a session's and its case's standing.
 *
 * <p>A sealed session never changes again: it is evidence; what two people order when its time is
 * over is custody's business ({@code heyi.server.custody}). Beginning a live session again is
 * accepted and changes nothing, because a recorder may be started anew within one session.
 */
public final class SessionLifecycle {
  private SessionLifecycle() {}

  /** What follows from a command. */
  public sealed interface Decision {
    /** The session goes to {@code state}, its case to {@code caseStatus}. */
    record Accepted(SessionState state, CaseStatus caseStatus) implements Decision {}

    /** Nothing changes. */
    record Refused(SessionState state) implements Decision {}
  }

  /**
   * Decides.
   *
   * @param agreementSigned whether the case holds a signed agreement
   */
  public static Decision decide(
      SessionState state, SessionCommand command, AgreementStanding agreementSigned) {
    return switch (command) {
      case Begin() when state == SessionState.SCHEDULED || state == SessionState.LIVE ->
          accepted(SessionState.LIVE, CaseStatus.IN_SESSION);
      case Close() when state == SessionState.LIVE ->
          accepted(SessionState.SEALING, afterwards(agreementSigned));
      case Close() when state == SessionState.SCHEDULED ->
          accepted(SessionState.FAILED, afterwards(agreementSigned));
      case Seal(_) when state == SessionState.SEALING || state == SessionState.LIVE ->
          accepted(SessionState.SEALED, afterwards(agreementSigned));
      case Fail(_) when !isOver(state) ->
          accepted(SessionState.FAILED, afterwards(agreementSigned));
      case Begin(), Close(), Seal(_), Fail(_) -> new Decision.Refused(state);
    };
  }

  private static boolean isOver(SessionState state) {
    return switch (state) {
      case SCHEDULED, LIVE, SEALING -> false;
      case SEALED, DISPOSED, FAILED -> true;
    };
  }

  /** Whether a signed agreement is with the case. */
  public enum AgreementStanding {
    /** There is none. */
    NONE,
    /** There is one. */
    SIGNED
  }

  private static CaseStatus afterwards(AgreementStanding agreement) {
    return switch (agreement) {
      case SIGNED -> CaseStatus.EFFECTIVE;
      case NONE -> CaseStatus.ADJOURNED;
    };
  }

  private static Decision accepted(SessionState state, CaseStatus caseStatus) {
    return new Decision.Accepted(state, caseStatus);
  }
}
