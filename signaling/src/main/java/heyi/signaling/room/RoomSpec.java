package heyi.signaling.room;

import java.util.HashSet;
import java.util.List;

/**
 * What a room is opened with.
 *
 * @param id of the room
 * @param caseLabel shown to all
 * @param seats 2 to {@value #MAX_SEATS}, exactly one of them the mediator's
 * @param transcript how much its transcript may hold
 * @param kind of the room
 */
public record RoomSpec(
    RoomId id, String caseLabel, List<SeatSpec> seats, TranscriptLimits transcript, RoomKind kind) {
  /** More people than this are a hearing, not a mediation; the embedded bridge is sized for it. */
  public static final int MAX_SEATS = 8;

  /** Of a session, with the usual limits. */
  public RoomSpec(RoomId id, String caseLabel, List<SeatSpec> seats) {
    this(id, caseLabel, seats, TranscriptLimits.DEFAULT);
  }

  /** Of a session. */
  public RoomSpec(RoomId id, String caseLabel, List<SeatSpec> seats, TranscriptLimits transcript) {
    this(id, caseLabel, seats, transcript, RoomKind.SESSION);
  }

  /** Checks the seats. */
  public RoomSpec {
    seats = List.copyOf(seats);
    if (seats.size() < 2 || seats.size() > MAX_SEATS) {
      throw new IllegalArgumentException("a room has 2 to 8 seats but got " + seats.size());
    }
    var ids = new HashSet<>(seats.stream().map(SeatSpec::id).toList());
    if (ids.size() != seats.size()) {
      throw new IllegalArgumentException("two seats have the same id");
    }
    if (seats.stream().filter(seat -> seat.role() == Role.MEDIATOR).count() != 1) {
      throw new IllegalArgumentException("a room has exactly one mediator");
    }
  }
}
