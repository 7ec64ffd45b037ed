package heyi.signaling.socket;

import static heyi.signaling.socket.Page.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.media.MediaKind;
import heyi.signaling.wire.ServerMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A page that comes back after an outage")
@Timeout(60)
class RoomResumeTest {
  @Test
  void hearsFirstWhatItMissedAndThenTheWholeRoom() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var lost = room.joined("1");
      var mediator = room.joined("m");
      mediator.say(message("mute-seat").put("seatId", "party-1").put("kind", "audio"));
      var missed = lost.next("muted-by-mediator");

      var page = room.page();
      page.say(Page.join("1", true).put("lastSeq", missed.path("seq").asInt() - 1));

      var first = page.next();
      assertThat(first).isEqualTo(missed);
      var welcome = page.next();
      assertThat(welcome.path("type").asText()).isEqualTo("welcome");
      assertThat(welcome.path("seq").asLong()).isGreaterThan(missed.path("seq").asLong());
      assertThat(seat(welcome, "party-1").path("audioMuted").asBoolean()).isTrue();
    }
  }

  @Test
  void hearsNothingTwice() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var lost = room.joined("1");
      var mediator = room.joined("m");
      mediator.say(message("mute-seat").put("seatId", "party-1").put("kind", "audio"));
      var seen = lost.next("muted-by-mediator").path("seq").asInt();

      var page = room.page();
      page.say(Page.join("1", true).put("lastSeq", seen));

      assertThat(page.next().path("type").asText()).isEqualTo("welcome");
    }
  }

  @Test
  void hearsOnlyTheRoomWhenItIsNew() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var other = room.joined("1");
      var mediator = room.joined("m");
      mediator.say(message("mute-seat").put("seatId", "party-1").put("kind", "audio"));
      other.next("muted-by-mediator");

      var page = room.page();
      page.say(Page.join("1", false));

      assertThat(page.next().path("type").asText()).isEqualTo("welcome");
    }
  }

  @Test
  void whatIsToldToNobodyIsNumberedToo() {
    var history = new SeatHistory();

    history.tell(new ServerMessage.Pong());
    history.tell(new ServerMessage.MutedByMediator(MediaKind.AUDIO));

    assertThat(history.since(0)).extracting(SeatHistory.Told::seq).containsExactly(2L);
    assertThat(history.since(2)).isEmpty();
  }

  @Test
  void theOldestIsForgottenFirst() {
    var history = new SeatHistory();

    for (int i = 0; i <= SeatHistory.KEPT; i++) {
      history.tell(new ServerMessage.MutedByMediator(MediaKind.AUDIO));
    }

    assertThat(history.since(0)).hasSize(SeatHistory.KEPT);
    assertThat(history.since(0).getFirst().seq()).isEqualTo(2);
  }

  private static JsonNode seat(JsonNode welcome, String seatId) {
    for (JsonNode seat : welcome.path("state").path("seats")) {
      if (seatId.equals(seat.path("seatId").asText())) {
        return seat;
      }
    }
    throw new AssertionError("no seat " + seatId);
  }
}
