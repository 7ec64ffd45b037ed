package heyi.server.search;

import heyi.server.casefile.CaseId;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;
import heyi.server.invitation.Seats;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of the result.
 *
 * @param begunAt when it started, or was planned while it has not
 * @param durationMs of its recording; null without one
 * @param parties their names in the order of the case
 */
record FoundSession(
    SessionId id,
    SessionState state,
    Instant begunAt,
    @Nullable Long durationMs,
    CaseId caseId,
    String caseNumber,
    String caseTitle,
    String mediator,
    List<String> parties) {

  /** Copies the list. */
  FoundSession {
    parties = List.copyOf(parties);
  }

  /** The name of who sat there; the id itself when nobody did. */
  String nameOfSeat(String seatId) {
    if (seatId.equals(Seats.MEDIATOR_SEAT)) {
      return mediator;
    }
    for (int i = 0; i < parties.size(); i++) {
      if (seatId.equals("party-" + (i + 1))) {
        return parties.get(i);
      }
    }
    return seatId;
  }
}
