package heyi.server.session;

import heyi.recording.session.SuspendedRecording;
import heyi.server.timeline.TimelineEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a session from before this server started.
 *
 * @param events of its room, in order
 * @param recording that may go on; null when none had begun
 */
public record PastSession(List<TimelineEvent> events, @Nullable SuspendedRecording recording) {
  /** A session that nobody came to yet. */
  public static final PastSession NONE = new PastSession(List.of(), null);

  /** Copies the list. */
  public PastSession {
    events = List.copyOf(events);
  }

  /** Whether the room was closed: there is nothing to go on with. */
  boolean closed() {
    return events.stream().anyMatch(event -> event.type().equals("room-closed"));
  }
}
