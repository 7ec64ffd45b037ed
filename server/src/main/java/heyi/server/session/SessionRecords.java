package heyi.server.session;

import heyi.recording.session.SealedRecording;
import heyi.server.casefile.SessionCommand;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionLifecycle.Decision;
import heyi.server.casefile.SessionState;
import heyi.server.casefile.SessionStore;
import heyi.server.replay.RecordingStore;
import heyi.server.timeline.TimelineEvent;
import heyi.server.timeline.TimelineStore;
import java.util.List;

/** What the database keeps of a session's course. Blocks; call on a virtual thread. */
public final class SessionRecords {
  private final SessionStore sessions;
  private final RecordingStore recordings;
  private final TimelineStore timeline;

  /** Uses the stores. */
  public SessionRecords(SessionStore sessions, RecordingStore recordings, TimelineStore timeline) {
    this.sessions = sessions;
    this.recordings = recordings;
    this.timeline = timeline;
  }

  Void append(SessionId session, TimelineEvent event) {
    timeline.append(session, event);
    return null;
  }

  Decision apply(SessionId session, SessionCommand command) {
    return sessions.apply(session, command);
  }

  /** Attaches the sealed recording to the session and thereby to the case. */
  public Decision seal(SessionId session, SealedRecording result) {
    recordings.keep(session, result);
    return sessions.apply(session, new SessionCommand.Seal(result.rootHash().toString()));
  }

  /** Sessions that a killed server left behind: live ones are closed, all wait for their seal. */
  public List<SessionId> closeAbandoned() {
    sessions
        .inState(SessionState.LIVE)
        .forEach(session -> sessions.apply(session, new SessionCommand.Close()));
    return sessions.inState(SessionState.SEALING);
  }

  /** Gives a session up of which nothing was recorded. */
  public void giveUp(SessionId session) {
    sessions.apply(session, new SessionCommand.Fail("nothing was recorded"));
  }
}
