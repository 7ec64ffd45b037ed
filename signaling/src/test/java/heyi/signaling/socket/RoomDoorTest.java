package heyi.signaling.socket;

import static heyi.signaling.socket.Page.message;
import static org.assertj.core.api.Assertions.assertThat;

import heyi.signaling.room.RoomEvent;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("At the door of a room")
@Timeout(60)
class RoomDoorTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  @ParameterizedTest
  @CsvSource({
    "nobody, unknown-seat",
    "old, used-up-invitation",
    "nowhere, used-up-invitation",
    "foreign, unknown-seat"
  })
  void aTokenThatOpensNothingIsToldSoAndTheLineCloses(String token, String code) throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var page = room.page();

      page.say(Page.join(token, false));

      var error = page.next("error");
      assertThat(error.path("code").asText()).isEqualTo(code);
      assertThat(error.path("replyTo").asText()).isEqualTo("j");
      assertThat(error.path("correlationId").asText()).isNotBlank();
      assertThat(page.closeCode()).isEqualTo((short) 4003);
    }
  }

  @Test
  void whoDoesNotJoinInTimeIsClosed() throws Exception {
    try (var room = new RoomFixture(RoomFixture.limits(SHORT, LONG, LONG, 30))) {
      assertThat(room.page().closeCode()).isEqualTo((short) 4000);
    }
  }

  @Test
  void whoWasRefusedIsClosedWhenHeStaysAtTheDoor() throws Exception {
    try (var room = new RoomFixture(RoomFixture.limits(SHORT, LONG, LONG, 30))) {
      var page = room.page();

      page.say(message("join").put("seatToken", "1").put("resume", false));

      assertThat(page.nextError()).isEqualTo("consent-required");
      assertThat(page.closeCode()).isEqualTo((short) 4000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "{\"type\":7}", "{\"type\":\"join\",\"seatToken\":1}"})
  void whatCannotBeReadIsMalformedAndChangesNothing(String text) throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var page = room.page();

      page.say(text);

      assertThat(page.nextError()).isEqualTo("malformed");
      page.say(Page.join("1", false));
      assertThat(page.next("welcome").path("self").path("seatId").asText()).isEqualTo("party-1");
    }
  }

  @Test
  void unknownOversizedAndBinaryMessagesAreNamed() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var page = room.joined("1");

      page.say(message("dance"));
      assertThat(page.nextError()).isEqualTo("unknown-type");
      page.say(message("ping").put("x", "x".repeat(70_000)));
      assertThat(page.nextError()).isEqualTo("too-large");
      page.sayBinary(new byte[10]);
      assertThat(page.nextError()).isEqualTo("malformed");
      page.say(message("ping"));
      assertThat(page.next("pong").path("seq").asLong()).isEqualTo(5);
    }
  }

  @Test
  void nothingGoesBeforeTheJoinAndNothingJoinsTwice() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var page = room.page();

      page.say(message("leave"));
      assertThat(page.nextError()).isEqualTo("not-allowed");
      page.say(Page.join("1", false));
      page.next("welcome");
      page.say(Page.join("2", false));
      assertThat(page.nextError()).isEqualTo("not-allowed");
    }
  }

  @Test
  @DisplayName("R26: a party without both consents is not seated, and may then give them")
  void consentComesFirst() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var page = room.page();

      page.say(message("join").put("seatToken", "1").put("resume", false));
      assertThat(page.nextError()).isEqualTo("consent-required");
      page.say(Page.join("1", false));

      var seats = page.next("welcome").path("state").path("seats");
      assertThat(seats.get(1).path("consented").asBoolean()).isTrue();
      assertThat(room.next(RoomEvent.ConsentGiven.class).consent().version()).isEqualTo("2026-11");
    }
  }

  @Test
  void whenTokensCannotBeCheckedThePageMayTryAgain() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      room.tokensFail = true;
      var page = room.page();

      page.say(Page.join("1", false));

      var error = page.next("error");
      assertThat(error.path("code").asText()).isEqualTo("unavailable");
      assertThat(error.path("retryAfterMs").asLong()).isPositive();
      page.say(Page.join("1", false));
      page.next("welcome");
    }
  }

  @Test
  void tooManyMessagesAreRefusedAndAFloodIsClosed() throws Exception {
    try (var room = new RoomFixture(RoomFixture.limits(LONG, LONG, LONG, 5))) {
      var page = room.joined("1");

      for (int i = 0; i < 200; i++) {
        page.say(message("ping"));
      }

      var error = page.next("error");
      assertThat(error.path("code").asText()).isEqualTo("too-many-messages");
      assertThat(error.path("retryAfterMs").asLong()).isPositive();
      assertThat(page.closeCode()).isEqualTo((short) 4000);
    }
  }

  @Test
  void whoDoesNotReadLosesTheLineAndKeepsTheSeat() throws Exception {
    try (var room = new RoomFixture(RoomFixture.limits(LONG, LONG, LONG, 1_000_000))) {
      var mediator = room.joined("m");
      var party = DeafPage.join(room.port(), "1");
      room.next(RoomEvent.SeatJoined.class);
      room.next(RoomEvent.SeatJoined.class);

      for (int i = 0; i < 2_000; i++) {
        mediator.say(message("mute").put("kind", "audio").put("muted", i % 2 == 0));
        mediator.next("state");
      }

      assertThat(room.next(RoomEvent.SeatDropped.class).seat().value()).isEqualTo("party-1");
      party.close();
    }
  }

  @Test
  void theSecondPageTakesTheSeatAndTheFirstIsTold() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var first = room.joined("1");

      var second = room.joined("1");

      first.next("taken-over");
      assertThat(first.closeCode()).isEqualTo((short) 4001);
      assertThat(room.next(RoomEvent.SeatTakenOver.class).seat().value()).isEqualTo("party-1");
      second.say(message("ping"));
      second.next("pong");
    }
  }

  @Test
  void aClosedRoomShowsTheDigestToThoseWhoWereThereOnly() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var mediator = room.joined("m");
      var party = room.joined("1");
      for (String phase : new String[] {"OPENING", "CLOSED"}) {
        mediator.say(message("advance").put("to", phase));
        party.stateWith("phase", phase);
      }
      room.tell(new ServerFact.SessionSealed("b".repeat(64)));
      assertThat(party.stateWith("recording", "verified").path("rootHash").asText())
          .isEqualTo("b".repeat(64));

      party.vanish();
      var back = room.page();
      back.say(Page.join("1", true));
      var late = room.page();
      late.say(Page.join("2", false));

      assertThat(back.next("welcome").path("state").path("rootHash").asText())
          .isEqualTo("b".repeat(64));
      assertThat(late.nextError()).isEqualTo("used-up-invitation");
      assertThat(late.closeCode()).isEqualTo((short) 4002);
    }
  }
}
