package heyi.signaling.room;

import heyi.media.MediaKind;
import heyi.signaling.room.Decision.Accepted;
import heyi.signaling.room.Decision.Refused;
import heyi.signaling.room.RoomEvent.CaucusEnded;
import heyi.signaling.room.RoomEvent.CaucusOpened;
import heyi.signaling.room.RoomEvent.MuteChanged;
import heyi.signaling.room.RoomEvent.PhaseChanged;
import heyi.signaling.room.RoomEvent.RoomOpened;
import heyi.signaling.room.RoomEvent.SeatDropped;
import heyi.signaling.room.RoomEvent.SeatJoined;
import heyi.signaling.room.RoomEvent.SeatLeft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The private talk (背对背, 民事调解规定 art. 5; domain.md C2 and D7): {@code JOINT ⇄ CAUCUS(party)}. The
 * joint room stands still and shows that there is one and with whom; the two are in a room of their
 * own, with a conference and a record of its own.
 */
public final class CaucusRules {
  /** More would be a mediation of its own; recordings are numbered with one digit. */
  public static final int MOST = 9;

  private CaucusRules() {}

  static Decision open(RoomState state, RoomCommand.OpenCaucus command, Instant at) {
    var refusal = refusal(state, command);
    if (refusal != null) {
      return new Refused(refusal);
    }
    var next = state.apart(Pause.caucus(state.phase(), command.party()));
    return new Accepted(
        next,
        List.of(
            new PhaseChanged(state.id(), at, state.phase(), Phase.PAUSED, PauseReason.CAUCUS),
            new CaucusOpened(state.id(), at, command.by(), command.party(), next.caucuses())));
  }

  private static @Nullable RefusalReason refusal(RoomState state, RoomCommand.OpenCaucus command) {
    var by = state.seat(command.by());
    var party = state.seat(command.party());
    if (by.isEmpty() || party.isEmpty()) {
      return RefusalReason.UNKNOWN_SEAT;
    }
    if (by.get().spec().role() != Role.MEDIATOR || party.get().spec().role() != Role.PARTY) {
      return RefusalReason.NOT_ALLOWED;
    }
    if (state.spec().kind() != RoomKind.SESSION || state.phase() != Phase.JOINT) {
      return RefusalReason.WRONG_PHASE;
    }
    if (state.light() != RecordingLight.RECEIVING) {
      return RefusalReason.RECORDER_NOT_READY;
    }
    if (party.get().presence() != Presence.SEATED) {
      return RefusalReason.SEAT_AWAY;
    }
    return state.caucuses() >= MOST ? RefusalReason.TOO_MANY_CAUCUSES : null;
  }

  /**
   * The room of the private talk, when the joint one has just made way for it: the two are seated
   * already, and wait for their recorder (R26).
   *
   * @param joint paused for the caucus
   */
  public static Accepted begin(RoomState joint, Instant at) {
    var pause = joint.pause();
    if (pause == null || pause.seat() == null) {
      throw new IllegalArgumentException("no caucus is open in " + joint.id());
    }
    var seats =
        joint.seats().stream()
            .filter(seat -> seat.spec().role() == Role.MEDIATOR || seat.id().equals(pause.seat()))
            .map(seat -> seat.on(null).saying(Seat.Stance.OPEN).missed(false))
            .toList();
    var spec =
        new RoomSpec(
            joint.id().caucus(joint.caucuses()),
            joint.spec().caseLabel(),
            seats.stream().map(Seat::spec).toList(),
            joint.spec().transcript(),
            RoomKind.CAUCUS);
    var events = new ArrayList<RoomEvent>();
    events.add(new RoomOpened(spec.id(), at));
    for (Seat seat : seats) {
      events.add(new SeatJoined(spec.id(), at, seat.id()));
      addMutes(events, spec.id(), at, seat, false, false);
    }
    return new Accepted(RoomState.caucus(spec, seats, at), events);
  }

  static Decision end(RoomState state, RoomCommand.EndCaucus command, Instant at) {
    var by = state.seat(command.by());
    if (by.isEmpty()) {
      return new Refused(RefusalReason.UNKNOWN_SEAT);
    }
    if (by.get().spec().role() != Role.MEDIATOR) {
      return new Refused(RefusalReason.NOT_ALLOWED);
    }
    return state.spec().kind() == RoomKind.CAUCUS
        ? PhaseRules.move(state, Phase.CLOSED, at)
        : new Refused(RefusalReason.WRONG_PHASE);
  }

  /** The joint talk goes on, when it is recorded and nobody is missed. */
  static Decision takeBack(RoomState state, List<Seat> back, Instant at) {
    var pause = state.pause();
    if (pause == null || pause.seat() == null) {
      return new Accepted(state, List.of());
    }
    var events = new ArrayList<RoomEvent>();
    events.add(new CaucusEnded(state.id(), at, pause.seat(), state.caucuses()));
    var next = state;
    for (Seat seat : back) {
      var before = state.seat(seat.id()).orElseThrow();
      addMutes(events, state.id(), at, seat, before.audioMuted(), before.videoMuted());
      addPresence(events, state.id(), at, before, seat);
      next =
          next.change(seat.id(), old -> seat.on(null).saying(old.stance()).missed(seat.missed()));
    }
    return goOn(next.paused(new Pause(PauseReason.RECORDER, pause.from())), events, at);
  }

  private static Decision goOn(RoomState state, List<RoomEvent> events, Instant at) {
    if (PhaseRules.goOn(state, at) instanceof Accepted(RoomState next, var moved)) {
      if (moved.isEmpty()) {
        events.add(
            new PhaseChanged(state.id(), at, Phase.PAUSED, Phase.PAUSED, PauseReason.RECORDER));
      }
      events.addAll(moved);
      return new Accepted(next, events);
    }
    throw new IllegalStateException("going on is never refused");
  }

  private static void addPresence(
      List<RoomEvent> events, RoomId room, Instant at, Seat before, Seat now) {
    if (before.presence() == now.presence()) {
      return;
    }
    switch (now.presence()) {
      case DROPPED -> events.add(new SeatDropped(room, at, now.id()));
      case LEFT -> events.add(new SeatLeft(room, at, now.id()));
      case INVITED, SEATED -> {} // who was in a caucus was there
    }
  }

  private static void addMutes(
      List<RoomEvent> events, RoomId room, Instant at, Seat seat, boolean audio, boolean video) {
    if (seat.audioMuted() != audio) {
      events.add(
          new MuteChanged(room, at, seat.id(), seat.id(), MediaKind.AUDIO, seat.audioMuted()));
    }
    if (seat.videoMuted() != video) {
      events.add(
          new MuteChanged(room, at, seat.id(), seat.id(), MediaKind.VIDEO, seat.videoMuted()));
    }
  }
}
