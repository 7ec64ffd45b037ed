package heyi.server.invitation;

import heyi.server.casefile.SessionId;

/** What a presented seat token stands for. */
public sealed interface SeatStanding {
  /** The token holds the seat. */
  record Holds(SessionId session, String seatId) implements SeatStanding {}

  /** Never issued. */
  record Unknown() implements SeatStanding {}

  /** Expired, or the invitation behind it was revoked. */
  record UsedUp() implements SeatStanding {}
}
