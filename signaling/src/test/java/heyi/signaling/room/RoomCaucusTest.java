package heyi.signaling.room;

import static heyi.signaling.room.RoomScene.MEDIATOR;
import static heyi.signaling.room.RoomScene.NOBODY;
import static heyi.signaling.room.RoomScene.NOW;
import static heyi.signaling.room.RoomScene.PARTY;
import static heyi.signaling.room.RoomScene.SPEC;
import static heyi.signaling.room.RoomScene.accept;
import static heyi.signaling.room.RoomScene.at;
import static heyi.signaling.room.RoomScene.decide;
import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.MediaKind;
import heyi.signaling.room.Decision.Refused;
import heyi.signaling.room.RoomCommand.Advance;
import heyi.signaling.room.RoomCommand.Drop;
import heyi.signaling.room.RoomCommand.EndCaucus;
import heyi.signaling.room.RoomCommand.Miss;
import heyi.signaling.room.RoomCommand.Mute;
import heyi.signaling.room.RoomCommand.OpenCaucus;
import heyi.signaling.room.RoomCommand.RecorderFailed;
import heyi.signaling.room.RoomCommand.RecorderReceiving;
import heyi.signaling.room.RoomCommand.TakeBack;
import heyi.signaling.room.RoomEvent.CaucusEnded;
import heyi.signaling.room.RoomEvent.CaucusOpened;
import heyi.signaling.room.RoomEvent.MuteChanged;
import heyi.signaling.room.RoomEvent.PhaseChanged;
import heyi.signaling.room.RoomEvent.RoomClosed;
import heyi.signaling.room.RoomEvent.RoomOpened;
import heyi.signaling.room.RoomEvent.SeatDropped;
import heyi.signaling.room.RoomEvent.SeatJoined;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("民事调解规定 art. 5, domain.md D7: the mediator may talk to one party alone")
class RoomCaucusTest {
  private static final OpenCaucus OPEN = new OpenCaucus(MEDIATOR, PARTY);

  @Test
  void theJointRoomStandsStillAndSaysWithWhomHeTalks() {
    var opened = accept(at(Phase.JOINT), OPEN);

    assertThat(opened.state().phase()).isEqualTo(Phase.PAUSED);
    assertThat(opened.state().pause()).isEqualTo(Pause.caucus(Phase.JOINT, PARTY));
    assertThat(opened.state().isSilenced()).isTrue();
    assertThat(opened.state().isApart(MEDIATOR)).isTrue();
    assertThat(opened.state().isHere(PARTY)).isFalse();
    assertThat(opened.events())
        .containsExactly(
            new PhaseChanged(SPEC.id(), NOW, Phase.JOINT, Phase.PAUSED, PauseReason.CAUCUS),
            new CaucusOpened(SPEC.id(), NOW, MEDIATOR, PARTY, 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"LOBBY", "OPENING", "PAUSED", "READBACK", "SIGNING"})
  void onlyJointTalkMakesWayForIt(Phase phase) {
    assertThat(decide(at(phase), OPEN)).isEqualTo(new Refused(RefusalReason.WRONG_PHASE));
  }

  @Test
  void onlyTheMediatorOpensOneAndOnlyWithAPartyWhoIsThere() {
    var joint = at(Phase.JOINT);
    var away = accept(joint, new Drop(PARTY)).state();

    assertThat(decide(joint, new OpenCaucus(PARTY, PARTY)))
        .isEqualTo(new Refused(RefusalReason.NOT_ALLOWED));
    assertThat(decide(joint, new OpenCaucus(MEDIATOR, MEDIATOR)))
        .isEqualTo(new Refused(RefusalReason.NOT_ALLOWED));
    assertThat(decide(joint, new OpenCaucus(MEDIATOR, NOBODY)))
        .isEqualTo(new Refused(RefusalReason.UNKNOWN_SEAT));
    assertThat(decide(away, OPEN)).isEqualTo(new Refused(RefusalReason.SEAT_AWAY));
  }

  @Test
  void aSessionHasNineAtMost() {
    var state = at(Phase.JOINT);
    for (var number = 1; number <= CaucusRules.MOST; number++) {
      state = accept(accept(state, OPEN).state(), new TakeBack(state.seats())).state();
      assertThat(state.phase()).isEqualTo(Phase.JOINT);
      assertThat(state.caucuses()).isEqualTo(number);
    }

    assertThat(decide(state, OPEN)).isEqualTo(new Refused(RefusalReason.TOO_MANY_CAUCUSES));
  }

  @Test
  void itsRoomHoldsTheTwoAsTheyAreAndWaitsForItsOwnRecorder() {
    var muted = accept(at(Phase.JOINT), new Mute(PARTY, PARTY, MediaKind.VIDEO, true)).state();
    var begun = CaucusRules.begin(accept(muted, OPEN).state(), NOW);
    var room = SPEC.id().caucus(1);

    assertThat(begun.state().id()).isEqualTo(room);
    assertThat(begun.state().spec().kind()).isEqualTo(RoomKind.CAUCUS);
    assertThat(begun.state().seats()).hasSize(2).allMatch(seat -> seat.endpoint() == null);
    assertThat(begun.state().seat(PARTY).orElseThrow().videoMuted()).isTrue();
    assertThat(begun.state().seat(PARTY).orElseThrow().consented()).isTrue();
    assertThat(begun.state().pause()).isEqualTo(new Pause(PauseReason.RECORDER, Phase.JOINT));
    assertThat(begun.state().agreement()).as("stays on the joint table").isNull();
    assertThat(begun.events())
        .containsExactly(
            new RoomOpened(room, NOW),
            new SeatJoined(room, NOW, MEDIATOR),
            new SeatJoined(room, NOW, PARTY),
            new MuteChanged(room, NOW, PARTY, PARTY, MediaKind.VIDEO, true));
    assertThat(accept(begun.state(), new RecorderReceiving()).state().phase())
        .isEqualTo(Phase.JOINT);
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"OPENING", "READBACK", "SIGNING", "CLOSED"})
  void inACaucusThereIsTalkAndPausesOnly(Phase phase) {
    var talking = talking();
    var paused = accept(talking, new Advance(MEDIATOR, Phase.PAUSED, PauseReason.BREAK)).state();

    assertThat(decide(talking, new Advance(MEDIATOR, phase, null)))
        .isEqualTo(new Refused(RefusalReason.WRONG_PHASE));
    assertThat(decide(paused, new Advance(MEDIATOR, phase, null)))
        .isEqualTo(new Refused(RefusalReason.WRONG_PHASE));
    assertThat(decide(talking, OPEN)).isEqualTo(new Refused(RefusalReason.WRONG_PHASE));
    assertThat(accept(paused, new Advance(MEDIATOR, Phase.JOINT, null)).state().phase())
        .isEqualTo(Phase.JOINT);
  }

  @Test
  void theMediatorEndsItInItsOwnRoomAndNobodyElseDoes() {
    var ended = accept(talking(), new EndCaucus(MEDIATOR));

    assertThat(ended.state().phase()).isEqualTo(Phase.CLOSED);
    assertThat(ended.events()).contains(new RoomClosed(SPEC.id().caucus(1), NOW));
    assertThat(decide(talking(), new EndCaucus(PARTY)))
        .isEqualTo(new Refused(RefusalReason.NOT_ALLOWED));
    assertThat(decide(at(Phase.JOINT), new EndCaucus(MEDIATOR)))
        .isEqualTo(new Refused(RefusalReason.WRONG_PHASE));
  }

  @Test
  void nobodyLeadsTheJointRoomOnMeanwhile() {
    var open = accept(at(Phase.JOINT), OPEN).state();

    for (Phase phase : Phase.values()) {
      if (phase != Phase.PAUSED) {
        assertThat(decide(open, new Advance(MEDIATOR, phase, null)))
            .isEqualTo(new Refused(RefusalReason.WRONG_PHASE));
      }
    }
    assertThat(accept(open, new RecorderReceiving()).state().phase()).isEqualTo(Phase.PAUSED);
  }

  @Test
  void theJointTalkGoesOnWithWhatTheTwoDidApart() {
    var joint = at(Phase.JOINT);
    var open = accept(joint, OPEN).state();
    var apart = accept(talking(), new Mute(PARTY, PARTY, MediaKind.AUDIO, true)).state();

    var back = accept(open, new TakeBack(apart.seats()));

    assertThat(back.state().phase()).isEqualTo(Phase.JOINT);
    assertThat(back.state().isSilenced()).isFalse();
    assertThat(back.state().seat(PARTY).orElseThrow().audioMuted()).isTrue();
    assertThat(back.events())
        .containsExactly(
            new CaucusEnded(SPEC.id(), NOW, PARTY, 1),
            new MuteChanged(SPEC.id(), NOW, PARTY, PARTY, MediaKind.AUDIO, true),
            new PhaseChanged(SPEC.id(), NOW, Phase.PAUSED, Phase.JOINT, null));
  }

  @Test
  void whoWasLostThereIsWaitedForHere() {
    var open = accept(at(Phase.JOINT), OPEN).state();
    var dropped = accept(talking(), new Drop(PARTY)).state();
    var missed = accept(dropped, new Miss(PARTY)).state();

    var justDropped = accept(open, new TakeBack(dropped.seats()));
    var longGone = accept(open, new TakeBack(missed.seats()));

    assertThat(justDropped.events()).contains(new SeatDropped(SPEC.id(), NOW, PARTY));
    assertThat(justDropped.state().phase()).isEqualTo(Phase.JOINT);
    assertThat(longGone.state().isPausedFor(PauseReason.PARTY_AWAY)).isTrue();
  }

  @Test
  void withoutARecorderTheJointTalkDoesNotGoOn() {
    var open = accept(at(Phase.JOINT), OPEN).state();
    var lost = accept(open, new RecorderFailed()).state();

    var back = accept(lost, new TakeBack(talking().seats()));

    assertThat(lost.isPausedFor(PauseReason.CAUCUS)).isTrue();
    assertThat(back.state().isPausedFor(PauseReason.RECORDER)).isTrue();
    assertThat(back.events())
        .contains(
            new PhaseChanged(SPEC.id(), NOW, Phase.PAUSED, Phase.PAUSED, PauseReason.RECORDER));
    assertThat(accept(back.state(), new RecorderReceiving()).state().phase())
        .isEqualTo(Phase.JOINT);
  }

  private static RoomState talking() {
    var begun = CaucusRules.begin(accept(at(Phase.JOINT), OPEN).state(), NOW);
    return accept(begun.state(), new RecorderReceiving()).state();
  }
}
