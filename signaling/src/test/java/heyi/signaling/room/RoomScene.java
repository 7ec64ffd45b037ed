package heyi.signaling.room;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.MediaKind;
import heyi.signaling.room.Consent.Purpose;
import heyi.signaling.room.Decision.Accepted;
import heyi.signaling.room.RoomCommand.Advance;
import heyi.signaling.room.RoomCommand.Join;
import heyi.signaling.room.RoomCommand.PresentAgreement;
import heyi.signaling.room.RoomCommand.RecorderReceiving;
import java.time.Instant;
import java.util.List;

/** A room of one mediator and one party, and the ways to bring it somewhere. */
final class RoomScene {
  static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
  static final SeatId MEDIATOR = new SeatId("mediator");
  static final SeatId PARTY = new SeatId("party-1");
  static final SeatId NOBODY = new SeatId("nobody");
  static final Agreement AGREEMENT = new Agreement("doc-1", "a".repeat(64), "调解协议书");
  static final List<Consent> CONSENTS =
      List.of(
          new Consent(Purpose.RECORDING, "2026-11", true),
          new Consent(Purpose.ONLINE, "2026-11", true));
  static final RoomSpec SPEC =
      new RoomSpec(
          new RoomId("room-1"),
          "示调〔2026〕1号",
          List.of(
              new SeatSpec(MEDIATOR, Role.MEDIATOR, "林调解", "mediator"),
              new SeatSpec(PARTY, Role.PARTY, "陈示例", "party-1")));

  private RoomScene() {}

  static RoomState seated() {
    var state = accept(RoomState.opened(SPEC), new Join(MEDIATOR, CONSENTS)).state();
    return accept(state, new Join(PARTY, CONSENTS)).state();
  }

  /** A room with everyone seated, a receiving recorder and a document, in the phase. */
  static RoomState at(Phase phase) {
    var state = seated();
    if (phase == Phase.LOBBY) {
      return state;
    }
    state = accept(state, new Advance(MEDIATOR, Phase.OPENING, null)).state();
    state = accept(state, new RecorderReceiving()).state();
    state = accept(state, new PresentAgreement(AGREEMENT)).state();
    var way =
        switch (phase) {
          case JOINT -> List.of(Phase.JOINT);
          case PAUSED -> List.of(Phase.JOINT, Phase.PAUSED);
          case READBACK -> List.of(Phase.JOINT, Phase.READBACK);
          case SIGNING -> List.of(Phase.JOINT, Phase.READBACK, Phase.SIGNING);
          case CLOSED -> List.of(Phase.CLOSED);
          case LOBBY, OPENING -> List.<Phase>of();
        };
    for (Phase step : way) {
      state = accept(state, new Advance(MEDIATOR, step, null)).state();
    }
    return state;
  }

  static Decision decide(RoomState state, RoomCommand command) {
    return Room.decide(state, command, NOW);
  }

  static Accepted accept(RoomState state, RoomCommand command) {
    var decision = decide(state, command);
    assertThat(decision).as("%s", command).isInstanceOf(Accepted.class);
    return (Accepted) decision;
  }

  static RoomCommand receive(HeardSource.Standing standing) {
    return new RoomCommand.Receive(
        List.of(
            new HeardSource(MEDIATOR, MediaKind.AUDIO, 10, HeardSource.Standing.RECEIVED),
            new HeardSource(PARTY, MediaKind.AUDIO, 10, standing)));
  }
}
