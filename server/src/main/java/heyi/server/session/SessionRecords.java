package heyi.server.session;

import heyi.recording.RecordingClass;
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
import java.util.function.Consumer;

/** What the database keeps of a session's course. Blocks; call on a virtual thread. */
public final class SessionRecords {
  private final SessionStore sessions;
  private final RecordingStore recordings;
  private final TimelineStore timeline;
  private final Consumer<SessionId> onSealed;

  /**
   * Uses the stores.
   *
   * @param onSealed told of each session that was sealed; must not block
   */
  public SessionRecords(
      SessionStore sessions,
      RecordingStore recordings,
      TimelineStore timeline,
      Consumer<SessionId> onSealed) {
    this.sessions = sessions;
    this.recordings = recordings;
    this.timeline = timeline;
    this.onSealed = onSealed;
  }

  Void append(SessionId session, TimelineEvent event) {
    timeline.append(session, event);
    return null;
  }

  Decision apply(SessionId session, SessionCommand command) {
    return sessions.apply(session, command);
  }

  /**
   * Attaches the sealed recording to the session and thereby to the case.
   *
   * @throws IllegalArgumentException when it is not of what everybody heard
   */
  Decision seal(SessionId session, SealedRecording result) {
    if (result.recordingClass() != RecordingClass.JOINT) {
      throw new IllegalArgumentException(result.id() + " is " + result.recordingClass());
    }
    recordings.keep(session, result);
    Decision decision =
        sessions.apply(session, new SessionCommand.Seal(result.rootHash().toString()));
    onSealed.accept(session);
    return decision;
  }

  /** Sessions in mid-talk. */
  List<SessionId> live() {
    return sessions.inState(SessionState.LIVE);
  }

  /** Sessions that wait for their seal. */
  List<SessionId> sealing() {
    return sessions.inState(SessionState.SEALING);
  }

  /** What happened in a session so far. */
  List<TimelineEvent> timeline(SessionId session) {
    return timeline.of(session);
  }

  Void close(SessionId session) {
    sessions.apply(session, new SessionCommand.Close());
    return null;
  }

  /** Gives a session up of which nothing was recorded. */
  Void giveUp(SessionId session) {
    sessions.apply(session, new SessionCommand.Fail("nothing was recorded"));
    return null;
  }
}
