package heyi.signaling.socket;

import heyi.signaling.room.RoomId;
import heyi.signaling.room.SeatId;

/** What a seat token opens. */
public sealed interface SeatOutcome {
  /** This seat. */
  record Known(RoomId room, SeatId seat) implements SeatOutcome {}

  /** No seat. */
  record Unknown() implements SeatOutcome {}

  /** It was revoked, has expired, or its session is over. */
  record UsedUp() implements SeatOutcome {}
}
