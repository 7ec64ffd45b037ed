package heyi.signaling.room;

import heyi.signaling.room.Decision.Accepted;
import heyi.signaling.room.Decision.Refused;
import heyi.signaling.room.RoomCommand.Join;
import heyi.signaling.room.RoomCommand.Mute;
import heyi.signaling.room.RoomEvent.BackgroundChanged;
import heyi.signaling.room.RoomEvent.ConsentGiven;
import heyi.signaling.room.RoomEvent.MuteChanged;
import heyi.signaling.room.RoomEvent.SeatDropped;
import heyi.signaling.room.RoomEvent.SeatJoined;
import heyi.signaling.room.RoomEvent.SeatLeft;
import heyi.signaling.room.RoomEvent.SeatRejoined;
import heyi.signaling.room.RoomEvent.SeatTakenOver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** The participant machine: {@code INVITED → SEATED ⇄ DROPPED → LEFT}, with consent at the door. */
final class SeatRules {
  private SeatRules() {}

  static Decision join(RoomState state, Join command, Instant at) {
    var found = state.seat(command.seat());
    if (found.isEmpty()) {
      return new Refused(RefusalReason.UNKNOWN_SEAT);
    }
    var seat = found.get();
    var consented = seat.consented() || isComplete(command.consents());
    if (seat.spec().role() == Role.PARTY && !consented) {
      return new Refused(RefusalReason.CONSENT_REQUIRED);
    }
    var events = new ArrayList<RoomEvent>();
    if (!seat.consented() && consented) {
      command.consents().stream()
          .distinct()
          .forEach(consent -> events.add(new ConsentGiven(state.id(), at, seat.id(), consent)));
    }
    switch (seat.presence()) {
      case INVITED -> events.add(new SeatJoined(state.id(), at, seat.id()));
      case DROPPED, LEFT -> events.add(new SeatRejoined(state.id(), at, seat.id()));
      case SEATED -> events.add(new SeatTakenOver(state.id(), at, seat.id()));
    }
    var next =
        state.change(
            seat.id(),
            old -> {
              var seated = old.present(Presence.SEATED).behind(Background.NONE).missed(false);
              return consented ? seated.consenting() : seated;
            });
    return new Accepted(next, events);
  }

  static Decision drop(RoomState state, SeatId id, Instant at) {
    return goes(state, id, Presence.DROPPED, new SeatDropped(state.id(), at, id));
  }

  static Decision leave(RoomState state, SeatId id, Instant at) {
    return goes(state, id, Presence.LEFT, new SeatLeft(state.id(), at, id));
  }

  static Decision mute(RoomState state, Mute command, Instant at) {
    var by = state.seat(command.by());
    var seat = state.seat(command.seat());
    if (by.isEmpty() || seat.isEmpty()) {
      return new Refused(RefusalReason.UNKNOWN_SEAT);
    }
    var own = command.by().equals(command.seat());
    var ordered = by.get().spec().role() == Role.MEDIATOR && command.muted();
    if (!own && !ordered) {
      return new Refused(RefusalReason.NOT_ALLOWED);
    }
    var event =
        new MuteChanged(
            state.id(), at, command.by(), command.seat(), command.kind(), command.muted());
    var next = state.change(command.seat(), old -> old.muted(command.kind(), command.muted()));
    return next.equals(state) ? new Accepted(state, List.of()) : new Accepted(next, List.of(event));
  }

  static Decision background(RoomState state, SeatId id, Background background, Instant at) {
    var next = state.change(id, old -> old.behind(background));
    return next.equals(state)
        ? new Accepted(state, List.of())
        : new Accepted(next, List.of(new BackgroundChanged(state.id(), at, id, background)));
  }

  private static Decision goes(RoomState state, SeatId id, Presence to, RoomEvent event) {
    var seat = state.seat(id);
    if (seat.isEmpty()) {
      return new Refused(RefusalReason.UNKNOWN_SEAT);
    }
    if (seat.get().presence() != Presence.SEATED) {
      return new Accepted(state, List.of());
    }
    return new Accepted(state.change(id, old -> old.present(to)), List.of(event));
  }

  /** Whether every purpose is agreed to and none refused; each was asked for on its own. */
  private static boolean isComplete(List<Consent> consents) {
    var given = EnumSet.noneOf(Consent.Purpose.class);
    consents.forEach(consent -> given.add(consent.purpose()));
    return given.equals(EnumSet.allOf(Consent.Purpose.class))
        && consents.stream().allMatch(Consent::accepted);
  }
}
