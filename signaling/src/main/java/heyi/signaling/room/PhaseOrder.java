package heyi.signaling.room;

import java.util.EnumSet;
import java.util.Set;

/** Which phase the mediator may lead on to from which; domain.md C2. */
final class PhaseOrder {
  private PhaseOrder() {}

  static boolean allows(RoomState state, Phase to) {
    var pause = state.pause();
    return pause != null && to == pause.from() || next(state).contains(to);
  }

  private static Set<Phase> next(RoomState state) {
    return switch (state.spec().kind()) {
      case SESSION -> next(state.phase());
      case CAUCUS -> state.phase() == Phase.JOINT ? EnumSet.of(Phase.PAUSED) : Set.of();
    };
  }

  private static Set<Phase> next(Phase from) {
    return switch (from) {
      case LOBBY -> EnumSet.of(Phase.OPENING);
      case OPENING -> EnumSet.of(Phase.JOINT, Phase.PAUSED, Phase.CLOSED);
      case JOINT -> EnumSet.of(Phase.READBACK, Phase.PAUSED, Phase.CLOSED);
      case PAUSED -> EnumSet.of(Phase.JOINT, Phase.CLOSED);
      case READBACK -> EnumSet.of(Phase.JOINT, Phase.SIGNING, Phase.PAUSED, Phase.CLOSED);
      case SIGNING -> EnumSet.of(Phase.READBACK, Phase.PAUSED, Phase.CLOSED);
      case CLOSED -> EnumSet.noneOf(Phase.class);
    };
  }
}
