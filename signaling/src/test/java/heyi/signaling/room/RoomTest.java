package heyi.signaling.room;

import static heyi.signaling.room.RoomScene.AGREEMENT;
import static heyi.signaling.room.RoomScene.CONSENTS;
import static heyi.signaling.room.RoomScene.MEDIATOR;
import static heyi.signaling.room.RoomScene.NOBODY;
import static heyi.signaling.room.RoomScene.NOW;
import static heyi.signaling.room.RoomScene.PARTY;
import static heyi.signaling.room.RoomScene.SPEC;
import static heyi.signaling.room.RoomScene.accept;
import static heyi.signaling.room.RoomScene.at;
import static heyi.signaling.room.RoomScene.decide;
import static heyi.signaling.room.RoomScene.receive;
import static heyi.signaling.room.RoomScene.seated;
import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.signaling.room.Consent.Purpose;
import heyi.signaling.room.Decision.Accepted;
import heyi.signaling.room.Decision.Refused;
import heyi.signaling.room.RoomCommand.Advance;
import heyi.signaling.room.RoomCommand.ConfirmAgreement;
import heyi.signaling.room.RoomCommand.DeclineAgreement;
import heyi.signaling.room.RoomCommand.Drop;
import heyi.signaling.room.RoomCommand.Join;
import heyi.signaling.room.RoomCommand.Leave;
import heyi.signaling.room.RoomCommand.Mute;
import heyi.signaling.room.RoomCommand.PresentAgreement;
import heyi.signaling.room.RoomCommand.RecorderFailed;
import heyi.signaling.room.RoomCommand.RecorderReady;
import heyi.signaling.room.RoomCommand.RecorderReceiving;
import heyi.signaling.room.RoomCommand.Seal;
import heyi.signaling.room.RoomEvent.AgreementConfirmed;
import heyi.signaling.room.RoomEvent.PhaseChanged;
import heyi.signaling.room.RoomEvent.RoomClosed;
import heyi.signaling.room.RoomEvent.SeatRejoined;
import heyi.signaling.room.RoomEvent.SeatTakenOver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The room decides")
class RoomTest {
  @Nested
  @DisplayName("over all phases and commands")
  class EveryCombination {
    @Test
    void theMediatorLeadsOnOnlyAlongTheLawfulOrder() {
      var allowed = new EnumMap<Phase, EnumSet<Phase>>(Phase.class);
      for (Phase from : Phase.values()) {
        allowed.put(from, EnumSet.noneOf(Phase.class));
        for (Phase to : Phase.values()) {
          var state = at(from);
          if (from != to && decide(state, new Advance(MEDIATOR, to, null)) instanceof Accepted) {
            allowed.get(from).add(to);
          }
        }
      }

      assertThat(allowed)
          .isEqualTo(
              Map.of(
                  Phase.LOBBY, EnumSet.of(Phase.OPENING),
                  Phase.OPENING, EnumSet.of(Phase.JOINT, Phase.PAUSED, Phase.CLOSED),
                  Phase.JOINT, EnumSet.of(Phase.READBACK, Phase.PAUSED, Phase.CLOSED),
                  Phase.PAUSED, EnumSet.of(Phase.JOINT, Phase.CLOSED),
                  Phase.READBACK,
                      EnumSet.of(Phase.JOINT, Phase.SIGNING, Phase.PAUSED, Phase.CLOSED),
                  Phase.SIGNING, EnumSet.of(Phase.READBACK, Phase.PAUSED, Phase.CLOSED),
                  Phase.CLOSED, EnumSet.noneOf(Phase.class)));
    }

    @Test
    void nobodyElseLeadsOnFromAnywhere() {
      for (Phase from : Phase.values()) {
        for (Phase to : Phase.values()) {
          assertThat(decide(at(from), new Advance(PARTY, to, null))).isInstanceOf(Refused.class);
          assertThat(decide(at(from), new Advance(NOBODY, to, null))).isInstanceOf(Refused.class);
        }
      }
    }

    @Test
    void aClosedRoomTakesOnlyGoodbyesReturnsAndTheSeal() {
      var accepted = new ArrayList<Class<?>>();
      for (RoomCommand command : oneOfEach()) {
        if (decide(at(Phase.CLOSED), command) instanceof Accepted) {
          accepted.add(command.getClass());
        }
      }

      assertThat(accepted)
          .containsExactlyInAnyOrder(
              Join.class, Drop.class, Leave.class, RecorderFailed.class, Seal.class);
    }

    @Test
    void aDocumentIsConfirmedOnlyWhileSigning() {
      for (Phase phase : Phase.values()) {
        var decision = decide(at(phase), new ConfirmAgreement(PARTY, "doc-1", "a".repeat(64)));

        assertThat(decision instanceof Accepted).isEqualTo(phase == Phase.SIGNING);
      }
    }

    private static List<RoomCommand> oneOfEach() {
      return List.of(
          new Join(PARTY, CONSENTS),
          new Drop(PARTY),
          new Leave(PARTY),
          new Mute(PARTY, PARTY, MediaKind.AUDIO, true),
          new Advance(MEDIATOR, Phase.JOINT, null),
          new RoomCommand.Miss(PARTY),
          new RoomCommand.WithholdRecord(MEDIATOR, "商业秘密"),
          new RoomCommand.TellBackground(PARTY, Background.NONE),
          new RoomCommand.RecorderRests(),
          new RoomCommand.Attach(PARTY, new EndpointId("party-1-1")),
          new RecorderReady(),
          new RecorderReceiving(),
          new RecorderFailed(),
          receive(HeardSource.Standing.GIVEN_UP),
          new PresentAgreement(AGREEMENT),
          new ConfirmAgreement(PARTY, "doc-1", "a".repeat(64)),
          new DeclineAgreement(PARTY, "doc-1", "不同意"),
          new RoomCommand.Transcribe(
              MEDIATOR, new Transcription.Write("k-1", PARTY, "好的。", Duration.ZERO)),
          new Seal("b".repeat(64)));
    }
  }

  @Nested
  @DisplayName("R26: consent and record")
  class Record {
    @Test
    void aPartyIsNotSeatedWithoutBothConsents() {
      var half = List.of(CONSENTS.getFirst());
      var refused = List.of(CONSENTS.getFirst(), new Consent(Purpose.ONLINE, "2026-11", false));

      assertThat(decide(RoomState.opened(SPEC), new Join(PARTY, half)))
          .isEqualTo(new Refused(RefusalReason.CONSENT_REQUIRED));
      assertThat(decide(RoomState.opened(SPEC), new Join(PARTY, refused)))
          .isEqualTo(new Refused(RefusalReason.CONSENT_REQUIRED));
    }

    @Test
    void aConsentThatIsGivenAndRefusedIsNone() {
      var both = new ArrayList<>(CONSENTS);
      both.add(new Consent(Purpose.RECORDING, "2026-11", false));

      assertThat(decide(RoomState.opened(SPEC), new Join(PARTY, both)))
          .isEqualTo(new Refused(RefusalReason.CONSENT_REQUIRED));
    }

    @Test
    void aLateWordThatTheRecorderConnectsChangesNothing() {
      var receiving = at(Phase.JOINT);

      assertThat(accept(receiving, new RecorderReady()).state()).isEqualTo(receiving);
    }

    @Test
    void aLostRecorderKeepsTheOpeningClosedToo() {
      var lost = accept(at(Phase.OPENING), new RecorderFailed()).state();

      assertThat(decide(lost, new Advance(MEDIATOR, Phase.OPENING, null)))
          .isEqualTo(new Refused(RefusalReason.RECORDER_NOT_READY));
      assertThat(decide(lost, new Advance(MEDIATOR, Phase.CLOSED, null)))
          .isInstanceOf(Accepted.class);
    }

    @Test
    void theConsentGivenOnceHoldsForARejoin() {
      var dropped = accept(seated(), new Drop(PARTY)).state();

      var back = accept(dropped, new Join(PARTY, List.of()));

      assertThat(back.events()).containsExactly(new SeatRejoined(SPEC.id(), NOW, PARTY));
    }

    @Test
    void thereIsNoJointTalkBeforeTheRecorderReceives() {
      var opening = accept(seated(), new Advance(MEDIATOR, Phase.OPENING, null)).state();
      var connected = accept(opening, new RecorderReady()).state();

      assertThat(opening.light()).isEqualTo(RecordingLight.STARTING);
      assertThat(decide(connected, new Advance(MEDIATOR, Phase.JOINT, null)))
          .isEqualTo(new Refused(RefusalReason.RECORDER_NOT_READY));
      var receiving = accept(connected, new RecorderReceiving()).state();
      assertThat(decide(receiving, new Advance(MEDIATOR, Phase.JOINT, null)))
          .isInstanceOf(Accepted.class);
    }

    @Test
    void aLostRecorderPausesTheSessionForAllToSee() {
      var lost = accept(at(Phase.JOINT), new RecorderFailed());

      assertThat(lost.state().light()).isEqualTo(RecordingLight.FAILED);
      assertThat(lost.events())
          .containsExactly(
              new PhaseChanged(SPEC.id(), NOW, Phase.JOINT, Phase.PAUSED, PauseReason.RECORDER));
      assertThat(decide(lost.state(), new Advance(MEDIATOR, Phase.JOINT, null)))
          .isEqualTo(new Refused(RefusalReason.RECORDER_NOT_READY));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENING", "JOINT", "READBACK", "SIGNING"})
    void aPauseForTheRecordersSakeEndsWhereItBeganWhenItReceivesAgain(Phase phase) {
      var lost = accept(at(phase), new RecorderFailed()).state();
      var connected = accept(lost, new RecorderReady()).state();

      var back = accept(connected, new RecorderReceiving());

      assertThat(connected.phase()).isEqualTo(Phase.PAUSED);
      assertThat(back.state()).isEqualTo(at(phase));
      assertThat(back.events())
          .containsExactly(new PhaseChanged(SPEC.id(), NOW, Phase.PAUSED, phase, null));
    }

    @Test
    void aPauseThatTheMediatorCalledIsNotEndedByTheRecorder() {
      var rest = accept(at(Phase.JOINT), new Advance(MEDIATOR, Phase.PAUSED, PauseReason.BREAK));
      var lost = accept(rest.state(), new RecorderFailed()).state();

      var back = accept(lost, new RecorderReceiving());

      assertThat(back.state()).isEqualTo(rest.state());
      assertThat(back.events()).isEmpty();
    }

    @Test
    void closingSealsAndTheSealTellsTheRoot() {
      var closed = accept(at(Phase.SIGNING), new Advance(MEDIATOR, Phase.CLOSED, null));

      var sealed = accept(closed.state(), new Seal("b".repeat(64))).state();

      assertThat(closed.state().light()).isEqualTo(RecordingLight.SEALING);
      assertThat(closed.events()).last().isEqualTo(new RoomClosed(SPEC.id(), NOW));
      assertThat(sealed.rootHash()).isEqualTo("b".repeat(64));
      assertThat(sealed.light()).isEqualTo(RecordingLight.VERIFIED);
    }
  }

  @Nested
  @DisplayName("Seats")
  class Seats {
    @Test
    void aSecondPageTakesTheSeatOver() {
      assertThat(accept(seated(), new Join(PARTY, CONSENTS)).events())
          .containsExactly(new SeatTakenOver(SPEC.id(), NOW, PARTY));
    }

    @Test
    void aDropKeepsTheSeat() {
      var dropped = accept(seated(), new Drop(PARTY)).state();

      assertThat(dropped.seat(PARTY).orElseThrow().presence()).isEqualTo(Presence.DROPPED);
      assertThat(accept(dropped, new Drop(PARTY)).events()).isEmpty();
    }

    @Test
    void theEndpointOutlivesADropButNotTheSession() {
      var endpoint = new EndpointId("party-1-1");
      var attached = accept(at(Phase.JOINT), new RoomCommand.Attach(PARTY, endpoint)).state();

      var dropped = accept(attached, new Drop(PARTY)).state();
      var closed = accept(dropped, new Advance(MEDIATOR, Phase.CLOSED, null)).state();

      assertThat(dropped.seat(PARTY).orElseThrow().endpoint()).isEqualTo(endpoint);
      assertThat(closed.seat(PARTY).orElseThrow().endpoint()).isNull();
    }

    @Test
    void whoWasNeverThereDoesNotComeAfterTheEnd() {
      var alone = accept(RoomState.opened(SPEC), new Join(MEDIATOR, CONSENTS)).state();
      var opening = accept(alone, new Advance(MEDIATOR, Phase.OPENING, null)).state();
      var closed = accept(opening, new Advance(MEDIATOR, Phase.CLOSED, null)).state();

      assertThat(decide(closed, new Join(PARTY, CONSENTS)))
          .isEqualTo(new Refused(RefusalReason.ROOM_CLOSED));
      assertThat(decide(closed, new Join(MEDIATOR, List.of()))).isInstanceOf(Accepted.class);
    }

    @Test
    void theMediatorMutesOthersButUnmutesNobody() {
      assertThat(decide(seated(), new Mute(MEDIATOR, PARTY, MediaKind.AUDIO, true)))
          .isInstanceOf(Accepted.class);
      assertThat(decide(seated(), new Mute(MEDIATOR, PARTY, MediaKind.AUDIO, false)))
          .isEqualTo(new Refused(RefusalReason.NOT_ALLOWED));
      assertThat(decide(seated(), new Mute(PARTY, MEDIATOR, MediaKind.AUDIO, true)))
          .isEqualTo(new Refused(RefusalReason.NOT_ALLOWED));
    }
  }

  @Nested
  @DisplayName("R36, R38: the agreement")
  class OnTheTable {
    @Test
    void aNewDocumentVoidsAllConfirmations() {
      var confirmed =
          accept(at(Phase.SIGNING), new ConfirmAgreement(PARTY, "doc-1", "a".repeat(64)));
      var other = new Agreement("doc-2", "c".repeat(64), "调解协议书");

      var replaced = accept(confirmed.state(), new PresentAgreement(other)).state();

      assertThat(confirmed.events())
          .containsExactly(new AgreementConfirmed(SPEC.id(), NOW, PARTY, AGREEMENT));
      assertThat(replaced.seats()).noneMatch(Seat::confirmed);
    }

    @Test
    void aDeclineWithdrawsTheConfirmationUntilEveryoneHasConfirmed() {
      var yes = new ConfirmAgreement(PARTY, "doc-1", "a".repeat(64));
      var no = new DeclineAgreement(PARTY, "doc-1", "再想想");
      var confirmed = accept(at(Phase.SIGNING), yes).state();

      var declined = accept(confirmed, no).state();
      var complete =
          accept(confirmed, new ConfirmAgreement(MEDIATOR, "doc-1", "a".repeat(64))).state();

      assertThat(declined.seat(PARTY).orElseThrow().confirmed()).isFalse();
      assertThat(declined.seat(PARTY).orElseThrow().declined()).isTrue();
      assertThat(accept(declined, yes).state().seat(PARTY).orElseThrow().confirmed()).isTrue();
      assertThat(decide(complete, no)).isEqualTo(new Refused(RefusalReason.WRONG_PHASE));
    }

    @Test
    void anotherDocumentThanTheOneOnTheTableIsNotConfirmed() {
      assertThat(decide(at(Phase.SIGNING), new ConfirmAgreement(PARTY, "doc-1", "d".repeat(64))))
          .isEqualTo(new Refused(RefusalReason.OTHER_DOCUMENT));
    }
  }
}
