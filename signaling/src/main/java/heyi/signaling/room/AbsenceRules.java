package heyi.signaling.room;

import heyi.signaling.room.Decision.Accepted;
import heyi.signaling.room.Decision.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Nothing of substance is said behind somebody's back (domain.md C2): the talk pauses, visible to
 * all, for a mediator or a party who is away for longer than a moment, and goes on by itself when
 * he is back; the mediator may lead on without a party. A drop is never taken as a refusal.
 */
final class AbsenceRules {
  private AbsenceRules() {}

  /** He has not come back. */
  static Decision miss(RoomState state, SeatId id, Instant at) {
    var found = state.seat(id);
    if (found.isEmpty()) {
      return new Refused(RefusalReason.UNKNOWN_SEAT);
    }
    var seat = found.get();
    var away = seat.presence() == Presence.DROPPED || seat.presence() == Presence.LEFT;
    if (!away || !state.phase().hasMedia() || hasDoneHisPart(state, seat)) {
      return new Accepted(state, List.of());
    }
    var next = state.change(id, old -> old.missed(true));
    var reason = next.absence();
    return reason != null && pauses(next, seat)
        ? PhaseRules.pause(next, reason, at)
        : new Accepted(next, List.of());
  }

  /** Who leaves by himself is away at once. */
  static Decision left(Decision leaving, SeatId id, Instant at) {
    return leaving instanceof Accepted(RoomState state, List<RoomEvent> events)
        ? with(events, miss(state, id, at))
        : leaving;
  }

  /** Somebody came; perhaps he was waited for. */
  static Decision back(Decision joining, Instant at) {
    return joining instanceof Accepted(RoomState state, List<RoomEvent> events)
        ? with(events, PhaseRules.goOn(state, at))
        : joining;
  }

  /** While it opens only the mediator speaks to the parties: without him nobody does. */
  private static boolean pauses(RoomState state, Seat seat) {
    return switch (state.phase()) {
      case JOINT, READBACK, SIGNING -> true;
      case OPENING -> seat.spec().role() == Role.MEDIATOR;
      case LOBBY, PAUSED, CLOSED -> false;
    };
  }

  private static boolean hasDoneHisPart(RoomState state, Seat seat) {
    return state.phase() == Phase.SIGNING && seat.confirmed() && seat.spec().role() == Role.PARTY;
  }

  private static Decision with(List<RoomEvent> before, Decision then) {
    if (!(then instanceof Accepted(RoomState state, List<RoomEvent> events))) {
      return then;
    }
    var all = new ArrayList<>(before);
    all.addAll(events);
    return new Accepted(state, all);
  }
}
