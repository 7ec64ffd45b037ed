package heyi.signaling.room;

import java.util.List;

/** What became of a command. */
public sealed interface Decision {
  /**
   * The room changed, or the command had nothing to change.
   *
   * @param state the room from now on
   * @param events what happened, in order
   */
  record Accepted(RoomState state, List<RoomEvent> events) implements Decision {
    /** Copies the events. */
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /**
   * Nothing changed.
   *
   * @param reason why
   */
  record Refused(RefusalReason reason) implements Decision {}
}
