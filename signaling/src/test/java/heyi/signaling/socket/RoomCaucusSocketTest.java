package heyi.signaling.socket;

import static heyi.signaling.socket.Page.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.SeatId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName(
    "domain.md D7: a caucus has a conference of its own, and whoever is in it is only there")
@Timeout(60)
class RoomCaucusSocketTest {
  private static final RoomId CAUCUS = RoomFixture.ROOM.caucus(1);

  /** The three of a session in joint talk. */
  private record Three(Page mediator, Page party, Page other) {
    static Three talking(RoomFixture room) throws Exception {
      var three = new Three(room.joined("m"), room.joined("1"), room.joined("2"));
      three.mediator.say(message("advance").put("to", "OPENING"));
      three.mediator.answer(three.mediator.next("offer"), 100);
      room.told("update mediator-1");
      three.party.answer(three.party.next("offer"), 200);
      room.told("update party-1-1");
      three.other.answer(three.other.next("offer"), 300);
      room.told("update party-2-1");
      three.mediator.say(message("advance").put("to", "JOINT"));
      three.mediator.stateWith("phase", "JOINT");
      return three;
    }

    void apart() {
      mediator.say(message("open-caucus").put("seatId", "party-1"));
    }
  }

  @Test
  void theTwoLeaveTheJointConferenceBeforeTheyAreInAnother() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var three = Three.talking(room);
      three.apart();

      var waiting = three.other.stateWith("pausedReason", "caucus");
      assertThat(waiting.path("pausedSeat").asText()).isEqualTo("party-1");
      var welcome = three.party.next("welcome");
      assertThat(welcome.path("self").path("seatId").asText()).isEqualTo("party-1");
      var view = welcome.path("state");
      assertThat(view.path("roomId").asText()).isEqualTo(CAUCUS.value());
      assertThat(view.path("kind").asText()).isEqualTo("caucus");
      assertThat(view.path("seats")).hasSize(2);
      assertThat(three.mediator.next("welcome").path("state")).isEqualTo(view);

      three.mediator.answer(freshOffer(three.mediator), 110);
      three.party.answer(freshOffer(three.party), 210);
      assertThat(three.party.stateWith("phase", "JOINT").path("roomId").asText())
          .isEqualTo(CAUCUS.value());
      var calls = List.copyOf(room.bridge.calls);
      assertThat(calls.subList(calls.indexOf("expire mediator-1"), calls.size()))
          .containsSubsequence("expire mediator-1", "expire party-1-1", "allocate mediator-1");
      room.told("mute party-2-1 true true");
    }
  }

  @Test
  void nothingThatIsSaidThereIsToldToTheOthers() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var three = Three.talking(room);
      three.apart();
      three.party.next("welcome");
      three.other.stateWith("pausedReason", "caucus");
      three.mediator.say(
          message("transcript-line").put("key", "k-1").put("text", "底线是三万").put("begunMsAgo", 0));
      assertThat(three.party.next("transcript").toString()).contains("底线是三万");
      three.party.say(message("mute").put("kind", "audio").put("muted", true));
      three.party.seatWith("party-1", "audioMuted", "true");

      three.other.say(message("transcript-since").put("after", 0));

      var heard = three.other.next();
      while (!heard.path("type").asText().equals("transcript")) {
        assertThat(heard.toString()).doesNotContain(CAUCUS.value(), "底线");
        assertThat(heard.path("state").path("seats").get(1).path("audioMuted").asBoolean())
            .isFalse();
        heard = three.other.next();
      }
      assertThat(heard.path("size").asInt()).isZero();
      assertThat(room.next(RoomEvent.TranscriptWritten.class).room()).isEqualTo(CAUCUS);
    }
  }

  @Test
  void whoReloadsComesBackToWhereHeWasAndNobodyElseGetsIn() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var three = Three.talking(room);
      three.apart();
      three.party.next("welcome");
      three.party.vanish();

      assertThat(roomOf(room, "1")).isEqualTo(CAUCUS.value());
      assertThat(roomOf(room, "2")).isEqualTo(RoomFixture.ROOM.value());
    }
  }

  @Test
  void theTalkGoesOnTogetherWhenTheMediatorEndsIt() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var three = Three.talking(room);
      three.apart();
      three.mediator.next("welcome");
      three.party.next("welcome");
      three.party.say(message("end-caucus"));
      assertThat(three.party.nextError()).isEqualTo("not-allowed");

      three.mediator.say(message("end-caucus"));

      var back = three.party.next("welcome").path("state");
      assertThat(back.path("roomId").asText()).isEqualTo(RoomFixture.ROOM.value());
      assertThat(back.path("phase").asText()).isEqualTo("JOINT");
      assertThat(three.other.stateWith("phase", "JOINT").has("pausedSeat")).isFalse();
      three.mediator.next("welcome");
      room.told("mute party-2-1 false false");
      three.mediator.answer(freshOffer(three.mediator), 120);
      room.told("update mediator-2");
      three.party.answer(freshOffer(three.party), 220);
      room.told("update party-1-2");
      assertThat(room.next(RoomEvent.CaucusOpened.class).party()).isEqualTo(new SeatId("party-1"));
      assertThat(room.next(RoomEvent.RoomClosed.class).room()).isEqualTo(CAUCUS);
      assertThat(room.next(RoomEvent.CaucusEnded.class).room()).isEqualTo(RoomFixture.ROOM);
    }
  }

  @Test
  void whatWasOnItsWayToItsTranscriptDoesNotReachTheJointOne() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var three = Three.talking(room);
      three.mediator.say(message("transcript-line").put("key", "k-1").put("text", "开场"));
      three.party.next("transcript");
      three.apart();
      three.party.next("welcome");
      three.mediator.next("welcome");
      three.mediator.say(message("end-caucus"));
      three.party.next("welcome");

      three.party.say(
          message("transcript-objection")
              .put("roomId", CAUCUS.value())
              .put("line", 1)
              .put("text", "底线是三万，不是两万"));

      assertThat(three.party.nextError()).isEqualTo("wrong-phase");
    }
  }

  @Test
  void whenTheBridgeDoesNotLetThemGoTheOthersLeaveIt() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var three = Three.talking(room);
      room.bridge.holdsOn = true;
      three.apart();
      three.party.next("welcome");

      room.told("end " + RoomFixture.ROOM + "-");
      var again = room.next(RoomEvent.RecordingRequested.class);
      while (again.room().equals(RoomFixture.ROOM) && again.conference().value().endsWith("-1")) {
        again = room.next(RoomEvent.RecordingRequested.class);
      }
      assertThat(again.room()).isEqualTo(RoomFixture.ROOM);
    }
  }

  private static JsonNode freshOffer(Page page) throws InterruptedException {
    while (true) {
      var offer = page.next("offer");
      if (offer.path("fresh").asBoolean()) {
        return offer;
      }
    }
  }

  private static String roomOf(RoomFixture room, String token) throws Exception {
    var page = room.page();
    page.say(Page.join(token, false));
    return page.next("welcome").path("state").path("roomId").asText();
  }
}
