package heyi.signaling.socket;

import static heyi.media.MediaKind.AUDIO;
import static heyi.signaling.room.HeardSource.Standing.SILENT;
import static heyi.signaling.socket.Page.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.colibri2.AllocationOutcome;
import heyi.media.colibri2.ForceMute;
import heyi.media.colibri2.UpdateOutcome;
import heyi.signaling.room.HeardSource;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.SeatId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The media of a room")
@Timeout(60)
class RoomMediaTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final EndpointId MEDIATOR = new EndpointId("mediator-1");
  private static final EndpointId PARTY = new EndpointId("party-1-1");
  private static final ForceMute ALL = new ForceMute(true, true);

  /** A room in OPENING with a mediator and a party who both have answered. */
  private static final class Session implements AutoCloseable {
    final RoomFixture room;
    final Page mediator;
    final Page party;
    JsonNode firstOffer;

    Session(RoomLimits limits) throws Exception {
      room = new RoomFixture(limits);
      mediator = room.joined("m");
      party = room.joined("1");
      mediator.say(message("advance").put("to", "OPENING"));
      mediator.answer(mediator.next("offer"), 100);
      room.told("update mediator-1");
      firstOffer = party.next("offer");
      party.answer(firstOffer, 200);
      room.told("update party-1-1");
    }

    @Override
    public void close() throws Exception {
      room.close();
    }
  }

  @Nested
  @DisplayName("offers and answers")
  class Offers {
    @Test
    @DisplayName("R26: nobody gets media before the recorder is connected")
    void theRecorderComesFirst() throws Exception {
      try (var room = new RoomFixture(RoomFixture.PATIENT)) {
        room.recorderIsThere = false;
        var mediator = room.joined("m");
        mediator.say(message("advance").put("to", "OPENING"));
        var asked = room.next(RoomEvent.RecordingRequested.class);
        mediator.say(message("media-failed").put("reason", "impatient"));
        assertThat(mediator.nextError()).isEqualTo("wrong-phase");
        assertThat(room.bridge.calls).isEmpty();

        room.tell(new ServerFact.RecorderReady(asked.conference()));

        assertThat(mediator.next("offer").path("fresh").asBoolean()).isTrue();
      }
    }

    @Test
    @DisplayName("each new connection gets TURN credentials of its own, a running one gets none")
    void credentialsComeWithAFreshOffer() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        var relay = session.firstOffer.path("iceServers").path(0);

        assertThat(relay.path("urls").path(0).asText()).startsWith("turn:turn.example");
        assertThat(relay.path("username").asText()).endsWith(":" + RoomFixture.ROOM.value());
        assertThat(relay.path("credential").asText()).isNotEmpty();
        assertThat(session.mediator.next("offer").has("iceServers")).isFalse();
      }
    }

    @Test
    void everybodyElseIsOfferedWhatSomebodySends() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        var offer = session.mediator.next("offer");

        assertThat(offer.path("fresh").asBoolean()).isFalse();
        assertThat(offer.path("sdp").asText())
            .contains("a=msid:party-1-1 party-1-1-a0")
            .contains("a=msid:party-1-1 party-1-1-v0");
        assertThat(session.party.next("offer").path("sdp").asText())
            .contains("a=msid:mediator-1 mediator-1-a0");
        var added = session.room.next(RoomEvent.SourceAdded.class);
        assertThat(added.source().name().value()).startsWith("mediator-1-");
      }
    }

    @Test
    void oneOfferIsOpenAtATimeAndChangesMeanwhileFollow() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        var open = session.mediator.next("offer");
        session.room.joined("2");
        var second = session.room.joined("2");
        second.answer(second.next("offer"), 300);
        session.room.told("update party-2-2");

        session.mediator.answer(open, 100);

        assertThat(session.mediator.next("offer").path("sdp").asText())
            .contains("a=msid:party-2-2");
      }
    }

    @Test
    void staleBrokenAndStolenAnswersAreNamedAndChangeNothing() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        session.party.answer(session.firstOffer, 200);
        assertThat(session.party.nextError()).isEqualTo("stale-offer");
        var open = session.mediator.next("offer");
        session.mediator.say(
            message("answer").put("offerId", open.path("offerId").asText()).put("sdp", "nonsense"));
        assertThat(session.mediator.nextError()).isEqualTo("bad-sdp");
        session.mediator.answer(open, 200);
        assertThat(session.mediator.nextError()).isEqualTo("bad-sdp");

        session.mediator.answer(open, 500);

        session.room.told("update mediator-1");
        assertThat(session.room.bridge.sources.get(MEDIATOR)).hasSize(2);
      }
    }
  }

  @Nested
  @DisplayName("coming and going")
  class Comings {
    @Test
    void aShortDropLeavesTheMediaAlone() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        session.party.vanish();
        var dropped = session.mediator.seatWith("party-1", "presence", "dropped");
        assertThat(dropped.path("endpointId").asText()).isEqualTo("party-1-1");

        session.room.joined("1", true);

        var back = session.mediator.seatWith("party-1", "presence", "seated");
        assertThat(back.path("endpointId").asText()).isEqualTo("party-1-1");
        assertThat(session.room.bridge.calls).doesNotContain("expire party-1-1");
      }
    }

    @Test
    void thePageOnAnotherNetworkNeedNotWaitForItsOldLine() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        session.room.joined("1", true);

        assertThat(session.party.closeCode()).isEqualTo((short) 4001);
        session.room.next(RoomEvent.SeatRejoined.class);
        assertThat(session.room.bridge.calls).doesNotContain("expire party-1-1");
      }
    }

    @Test
    void anOfferThatWasNotHeardIsRepeated() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        var open = session.mediator.next("offer");
        session.mediator.vanish();
        session.party.seatWith("mediator", "presence", "dropped");

        var again = session.room.joined("m", true).next("offer");

        assertThat(again.path("offerId")).isEqualTo(open.path("offerId"));
      }
    }

    @Test
    void aFreshPageGetsANewEndpointAndANewConnection() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        session.party.vanish();
        session.mediator.seatWith("party-1", "presence", "dropped");

        var offer = session.room.joined("1").next("offer");

        assertThat(offer.path("fresh").asBoolean()).isTrue();
        assertThat(session.mediator.seatWith("party-1", "endpointId", "party-1-2")).isNotNull();
        session.room.told("expire party-1-1");
      }
    }

    @Test
    void theEndpointOfOneWhoStaysAwayIsRemoved() throws Exception {
      try (var session = new Session(RoomFixture.limits(LONG, SHORT, LONG, 30))) {
        session.party.vanish();

        session.room.told("expire party-1-1");
        assertThat(session.mediator.seatWith("party-1", "endpointId", "")).isNotNull();
      }
    }

    @Test
    void whoLeavesTakesHisMediaAlong() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        session.mediator.answer(session.mediator.next("offer"), 100);
        session.party.say(message("leave"));

        assertThat(session.party.closeCode()).isEqualTo((short) 4004);
        session.room.told("expire party-1-1");
        assertThat(session.mediator.next("offer").path("sdp").asText()).contains("a=inactive");
      }
    }

    @Test
    @DisplayName("R26: the mediator sees what the recorder receives, everybody what it does not")
    void whatTheRecorderReceivesIsTold() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        var here = session.room.next(RoomEvent.RecordingRequested.class).conference();
        var silent = new HeardSource(new SeatId("party-1"), AUDIO, 1_234, SILENT);
        session.room.tell(new ServerFact.RecorderHears(new ConferenceId("other"), List.of(silent)));
        session.room.tell(new ServerFact.RecorderHears(here, List.of(silent)));

        var heard = session.mediator.next("recording").path("sources").path(0);
        assertThat(heard.path("bytes").asLong()).isEqualTo(1_234);
        assertThat(session.party.stateThatHas("silent").path("silent"))
            .hasToString("[{\"seatId\":\"party-1\",\"kind\":\"audio\"}]");
      }
    }

    @Test
    @DisplayName("R26: people leave, then the recorder, then the conference ends")
    void theEndOfTheSessionEndsTheConferenceAfterTheRecorderHasLeft() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        session.mediator.say(message("advance").put("to", "CLOSED"));

        var state = session.party.stateWith("phase", "CLOSED");
        assertThat(state.path("seats").get(1).has("endpointId")).isFalse();
        assertThat(session.room.bridge.calls)
            .contains("expire mediator-1", "expire party-1-1")
            .noneMatch(call -> call.startsWith("end "));

        session.room.tell(new ServerFact.RecorderLeft());

        session.room.told("end room-1-");
        session.room.tell(new ServerFact.RecorderLeft());
        assertThat(session.room.bridge.calls)
            .filteredOn(call -> call.startsWith("end "))
            .hasSize(1);
      }
    }

    @Test
    void aRecorderThatDoesNotLeaveIsNotWaitedForWithoutEnd() throws Exception {
      try (var session = new Session(RoomFixture.limits(LONG, LONG, SHORT, 30))) {
        session.mediator.say(message("advance").put("to", "CLOSED"));

        session.room.told("end room-1-");
      }
    }
  }

  @Nested
  @DisplayName("when something breaks")
  class Failures {
    @Test
    void aFailedConnectionIsMadeAnewButNotInARush() throws Exception {
      try (var session = new Session(RoomFixture.limits(LONG, LONG, SHORT, 30))) {
        session.party.say(message("media-failed").put("reason", "ice"));
        session.party.say(message("media-failed").put("reason", "ice"));
        session.party.say(message("media-failed").put("reason", "ice"));

        session.room.told("allocate party-1-2");
        session.mediator.say(message("leave"));
        session.room.told("expire mediator-1");
        assertThat(session.room.bridge.calls)
            .filteredOn(call -> call.startsWith("allocate party-1"))
            .containsExactly("allocate party-1-1", "allocate party-1-2");
      }
    }

    @Test
    void aSeatThatTheBridgeDidNotTakeIsTriedAgain() throws Exception {
      try (var room = new RoomFixture(RoomFixture.limits(LONG, LONG, SHORT, 30))) {
        room.bridge.allocations.add(new AllocationOutcome.Declined(FakeBridge.ID, "full"));
        var mediator = room.joined("m");
        mediator.say(message("advance").put("to", "OPENING"));

        assertThat(mediator.nextError()).isEqualTo("unavailable");
        assertThat(mediator.next("offer").path("fresh").asBoolean()).isTrue();
      }
    }

    @Test
    void aBridgeThatTakesNobodyIsLeftForAnother() throws Exception {
      try (var room = new RoomFixture(RoomFixture.PATIENT)) {
        room.pool.undrain(room.spare.id());
        room.bridge.allocations.add(new AllocationOutcome.Declined(FakeBridge.ID, "full"));
        var mediator = room.joined("m");
        mediator.say(message("advance").put("to", "OPENING"));

        assertThat(mediator.next("offer").path("fresh").asBoolean()).isTrue();
        var first = room.next(RoomEvent.RecordingRequested.class);
        var second = room.next(RoomEvent.RecordingRequested.class);
        assertThat(first.bridge().id()).isEqualTo(FakeBridge.ID);
        assertThat(second.bridge().id()).isEqualTo(room.spare.id());
        assertThat(room.bridge.calls).contains("end " + first.conference());
      }
    }

    @Test
    @DisplayName(
        "R26: a bridge that lost the conference: pause, new recorder, new connections, held back until it records")
    void aLostConferenceBeginsAnew() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        var before = session.room.next(RoomEvent.RecordingRequested.class).conference();
        session.room.recorderIsThere = false;
        session.room.bridge.updates.add(new UpdateOutcome.ConferenceGone(FakeBridge.ID));
        session.mediator.answer(session.mediator.next("offer"), 700);

        var paused = session.party.stateWith("phase", "PAUSED");
        assertThat(paused.path("pausedReason").asText()).isEqualTo("recorder");
        var after = session.room.next(RoomEvent.RecordingRequested.class).conference();
        assertThat(after).isNotEqualTo(before);
        session.room.told("allocate party-1-2");
        session.room.told("mute party-1-2 true true");
        session.room.tell(new ServerFact.RecorderReady(before));
        session.room.tell(new ServerFact.RecorderReceiving(before));
        assertThat(session.room.bridge.mutes).containsEntry(new EndpointId("party-1-2"), ALL);
        session.room.tell(new ServerFact.RecorderReady(after));
        session.room.told("mute party-1-2 false false");
        session.room.tell(new ServerFact.RecorderReceiving(after));
        session.party.stateWith("phase", "OPENING");
      }
    }

    @Test
    @DisplayName(
        "R26: while the recorder is lost nothing goes through the bridge, late ones neither")
    void aLostRecorderSilencesAll() throws Exception {
      try (var session = new Session(RoomFixture.limits(LONG, LONG, SHORT, 30))) {
        session.room.recorderIsThere = false;
        session.room.tell(new ServerFact.RecorderFailed("disk"));

        var paused = session.party.stateWith("phase", "PAUSED");
        assertThat(paused.path("recording").asText()).isEqualTo("failed");
        assertThat(session.room.bridge.mutes)
            .containsEntry(PARTY, ALL)
            .containsEntry(MEDIATOR, ALL);
        session.room.joined("2");
        session.room.told("mute party-2-1 true true");
        session.mediator.say(message("advance").put("to", "JOINT").put("id", "c9"));
        assertThat(session.mediator.nextError()).isEqualTo("recorder-not-ready");

        session.room.recorderIsThere = true;
        session.room.told("mute mediator-1 false false");
        session.room.told("mute party-2-1 false false");
        session.party.stateWith("recording", "receiving");
      }
    }

    @Test
    void theMediatorsMuteHoldsAtTheBridgeWhateverThePageDoes() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        session.mediator.say(
            message("mute-seat").put("seatId", "party-1").put("kind", "audio").put("muted", true));

        assertThat(session.party.next("muted-by-mediator").path("kind").asText())
            .isEqualTo("audio");
        session.room.told("mute party-1-1 true false");
        session.room.joined("1").next("offer");
        session.room.told("mute party-1-2 true false");
      }
    }

    @Test
    void aPartyNeitherLeadsNorMutes() throws Exception {
      try (var session = new Session(RoomFixture.PATIENT)) {
        session.party.say(message("advance").put("to", "CLOSED").put("id", "c1"));
        var error = session.party.next("error");
        assertThat(error.path("code").asText()).isEqualTo("not-allowed");
        assertThat(error.path("replyTo").asText()).isEqualTo("c1");
        session.party.say(
            message("mute-seat").put("seatId", "mediator").put("kind", "audio").put("muted", true));
        assertThat(session.party.nextError()).isEqualTo("not-allowed");
        session.party.say(
            message("mute-seat").put("seatId", "nobody").put("kind", "audio").put("muted", true));
        assertThat(session.party.nextError()).isEqualTo("unknown-seat");
        assertThat(session.room.bridge.mutes).isEmpty();
      }
    }
  }
}
