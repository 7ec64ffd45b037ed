package heyi.signaling.socket;

import static heyi.signaling.socket.Page.message;
import static org.assertj.core.api.Assertions.assertThat;

import heyi.signaling.room.RoomEvent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("domain.md C2: parties do not talk to each other without the mediator")
@Timeout(60)
class RoomAwayTest {
  @Test
  void nothingPassesWhileTheMediatorIsAway() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var mediator = room.joined("m");
      var party = room.joined("1");
      mediator.say(message("advance").put("to", "OPENING"));
      mediator.answer(mediator.next("offer"), 100);
      room.told("update mediator-1");
      party.answer(party.next("offer"), 200);
      room.told("update party-1-1");

      mediator.vanish();
      room.told("mute party-1-1 true true");
      assertThat(room.next(RoomEvent.HeldBack.class).held()).isTrue();
      var paused = party.stateWith("phase", "PAUSED");
      assertThat(paused.path("pausedReason").asText()).isEqualTo("mediator-away");

      room.joined("m");
      room.told("mute party-1-1 false false");
      assertThat(room.next(RoomEvent.HeldBack.class).held()).isFalse();
    }
  }
}
