package heyi.signaling.room;

import heyi.signaling.room.Decision.Accepted;
import heyi.signaling.room.Decision.Refused;
import heyi.signaling.room.RoomCommand.ConfirmAgreement;
import heyi.signaling.room.RoomCommand.DeclineAgreement;
import heyi.signaling.room.RoomEvent.AgreementConfirmed;
import heyi.signaling.room.RoomEvent.AgreementDeclined;
import heyi.signaling.room.RoomEvent.AgreementPresented;
import java.time.Instant;
import java.util.List;

/** The agreement on the table, R36 and R38: any change voids all confirmations. */
final class AgreementRules {
  private AgreementRules() {}

  static Decision present(RoomState state, Agreement agreement, Instant at) {
    if (!state.phase().hasMedia()) {
      return new Refused(RefusalReason.WRONG_PHASE);
    }
    if (agreement.equals(state.agreement())) {
      return new Accepted(state, List.of());
    }
    var event = new AgreementPresented(state.id(), at, agreement);
    return new Accepted(state.with(agreement), List.of(event));
  }

  static Decision confirm(RoomState state, ConfirmAgreement command, Instant at) {
    var seat = state.seat(command.seat());
    if (seat.isEmpty()) {
      return new Refused(RefusalReason.UNKNOWN_SEAT);
    }
    if (state.phase() != Phase.SIGNING) {
      return new Refused(RefusalReason.WRONG_PHASE);
    }
    var agreement = state.agreement();
    if (agreement == null || !agreement.is(command.documentId(), command.sha256())) {
      return new Refused(RefusalReason.OTHER_DOCUMENT);
    }
    if (seat.get().confirmed()) {
      return new Accepted(state, List.of());
    }
    var event = new AgreementConfirmed(state.id(), at, command.seat(), agreement);
    var next = state.change(command.seat(), old -> old.saying(Seat.Stance.CONFIRMED));
    return new Accepted(next, List.of(event));
  }

  static Decision decline(RoomState state, DeclineAgreement command, Instant at) {
    var seat = state.seat(command.seat());
    if (seat.isEmpty()) {
      return new Refused(RefusalReason.UNKNOWN_SEAT);
    }
    if (state.phase() != Phase.SIGNING || isComplete(state)) {
      return new Refused(RefusalReason.WRONG_PHASE);
    }
    var agreement = state.agreement();
    if (agreement == null || !agreement.documentId().equals(command.documentId())) {
      return new Refused(RefusalReason.OTHER_DOCUMENT);
    }
    if (seat.get().declined()) {
      return new Accepted(state, List.of());
    }
    var event = new AgreementDeclined(state.id(), at, command.seat(), agreement, command.reason());
    var next = state.change(command.seat(), old -> old.saying(Seat.Stance.DECLINED));
    return new Accepted(next, List.of(event));
  }

  /** Once everyone has confirmed, the document is being signed: nobody withdraws any more. */
  private static boolean isComplete(RoomState state) {
    return state.seats().stream().allMatch(Seat::confirmed);
  }
}
