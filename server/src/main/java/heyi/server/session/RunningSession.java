package heyi.server.session;

import heyi.recording.session.SuspendedRecording;
import heyi.server.casefile.SessionId;
import heyi.server.timeline.TimelineEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * What the conductor remembers of one session while its room is open. Touched only by the lane of
 * its room.
 */
final class RunningSession {
  private final SessionId id;
  private final RunningRoom room;
  private final Lane index;
  private final Map<String, Instant> confirmations = new HashMap<>();
  private int recordings;

  /**
   * Nothing has happened yet.
   *
   * @param index makes it possible to look an event up
   */
  RunningSession(SessionId id, BiConsumer<RunningSession, TimelineEvent> index) {
    this.id = id;
    this.index = new Lane(id.value());
    this.room = RunningRoom.joint(id, this::nextRecordingName, event -> index.accept(this, event));
  }

  SessionId id() {
    return id;
  }

  /** The room in which everybody is. */
  RunningRoom room() {
    return room;
  }

  /**
   * What the database is told, in order: it may be away, and the recording must not wait for it.
   */
  Lane index() {
    return index;
  }

  /** What the names of a session's recordings start with; a number follows. */
  static String recordingPrefix(SessionId session) {
    return session.value() + "-";
  }

  private String nextRecordingName() {
    recordings++;
    return recordingPrefix(id) + recordings;
  }

  /** The session goes on after its server was killed. */
  void resumes(PastSession past) {
    SuspendedRecording left = past.recording();
    if (left != null) {
      String number = left.id().value().substring(recordingPrefix(id).length());
      recordings = Integer.parseInt(number);
    }
    room.resumes(past);
    for (TimelineEvent event : past.events()) {
      String seat = event.seatId();
      switch (event.type()) {
        case "agreement-presented" -> clearConfirmations();
        case "agreement-confirmed" -> confirm(Objects.requireNonNull(seat), event.at());
        case "agreement-declined" -> withdrawConfirmation(Objects.requireNonNull(seat));
        default -> {} // the room remembers it
      }
    }
  }

  void clearConfirmations() {
    confirmations.clear();
  }

  void withdrawConfirmation(String seatId) {
    confirmations.remove(seatId);
  }

  /** Notes a confirmation and gives back all of them. */
  Map<String, Instant> confirm(String seatId, Instant at) {
    confirmations.put(seatId, at);
    return Map.copyOf(confirmations);
  }
}
