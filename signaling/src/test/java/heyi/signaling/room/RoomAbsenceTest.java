package heyi.signaling.room;

import static heyi.signaling.room.RoomScene.CONSENTS;
import static heyi.signaling.room.RoomScene.MEDIATOR;
import static heyi.signaling.room.RoomScene.NOW;
import static heyi.signaling.room.RoomScene.PARTY;
import static heyi.signaling.room.RoomScene.SPEC;
import static heyi.signaling.room.RoomScene.accept;
import static heyi.signaling.room.RoomScene.at;
import static org.assertj.core.api.Assertions.assertThat;

import heyi.signaling.room.RoomCommand.Advance;
import heyi.signaling.room.RoomCommand.ConfirmAgreement;
import heyi.signaling.room.RoomCommand.Drop;
import heyi.signaling.room.RoomCommand.Join;
import heyi.signaling.room.RoomCommand.Leave;
import heyi.signaling.room.RoomCommand.Miss;
import heyi.signaling.room.RoomCommand.RecorderFailed;
import heyi.signaling.room.RoomCommand.RecorderReceiving;
import heyi.signaling.room.RoomEvent.PhaseChanged;
import heyi.signaling.room.RoomEvent.SeatLeft;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("domain.md C2: nothing is said behind somebody's back")
class RoomAbsenceTest {
  @ParameterizedTest
  @EnumSource(names = {"OPENING", "JOINT", "READBACK", "SIGNING"})
  void withoutTheMediatorThePartiesAreSilentUntilHeIsBack(Phase phase) {
    var dropped = accept(at(phase), new Drop(MEDIATOR)).state();
    assertThat(dropped.leaderless()).as("a reloaded page").isFalse();

    var missed = accept(dropped, new Miss(MEDIATOR));
    var back = accept(missed.state(), new Join(MEDIATOR, CONSENTS));

    assertThat(missed.state().leaderless()).isTrue();
    assertThat(missed.events())
        .containsExactly(
            new PhaseChanged(SPEC.id(), NOW, phase, Phase.PAUSED, PauseReason.MEDIATOR_AWAY));
    assertThat(back.state()).isEqualTo(at(phase));
  }

  @Test
  void aBreakThatTheMediatorCalledStaysABreakThoughHeGoes() {
    var rest = accept(at(Phase.JOINT), new Advance(MEDIATOR, Phase.PAUSED, PauseReason.BREAK));

    var gone = accept(rest.state(), new Leave(MEDIATOR)).state();
    var back = accept(gone, new Join(MEDIATOR, CONSENTS)).state();

    assertThat(gone.leaderless()).isTrue();
    assertThat(gone.isPausedFor(PauseReason.BREAK)).isTrue();
    assertThat(back).isEqualTo(rest.state());
  }

  @Test
  void whoLeavesIsWaitedForAtOnceAndTheMediatorMayLeadOnWithoutHim() {
    var left = accept(at(Phase.JOINT), new Leave(PARTY));
    assertThat(left.events())
        .containsExactly(
            new SeatLeft(SPEC.id(), NOW, PARTY),
            new PhaseChanged(SPEC.id(), NOW, Phase.JOINT, Phase.PAUSED, PauseReason.PARTY_AWAY));

    var led = accept(left.state(), new Advance(MEDIATOR, Phase.JOINT, null)).state();
    var lost = accept(led, new RecorderFailed()).state();

    assertThat(led.phase()).isEqualTo(Phase.JOINT);
    assertThat(accept(lost, new RecorderReceiving()).state().phase())
        .as("not waited for again")
        .isEqualTo(Phase.JOINT);
  }

  @Test
  void aPauseOfTheRecorderBecomesOneForWhoDoesNotComeBack() {
    var lost = accept(at(Phase.JOINT), new RecorderFailed()).state();
    var missed = accept(accept(lost, new Drop(PARTY)).state(), new Miss(PARTY)).state();

    var receiving = accept(missed, new RecorderReceiving());
    var back = accept(receiving.state(), new Join(PARTY, CONSENTS)).state();

    assertThat(receiving.events())
        .containsExactly(
            new PhaseChanged(SPEC.id(), NOW, Phase.PAUSED, Phase.PAUSED, PauseReason.PARTY_AWAY));
    assertThat(back).isEqualTo(at(Phase.JOINT));
  }

  @Test
  void whoIsBackBeforeTheRecorderWaitsForIt() {
    var missed = accept(accept(at(Phase.JOINT), new Drop(PARTY)).state(), new Miss(PARTY)).state();
    var lost = accept(missed, new RecorderFailed()).state();

    var back = accept(lost, new Join(PARTY, CONSENTS)).state();

    assertThat(back.phase()).isEqualTo(Phase.PAUSED);
    assertThat(accept(back, new RecorderReceiving()).state()).isEqualTo(at(Phase.JOINT));
  }

  @Test
  void whoHasConfirmedMayGo() {
    var confirmed =
        accept(at(Phase.SIGNING), new ConfirmAgreement(PARTY, "doc-1", "a".repeat(64))).state();

    assertThat(accept(confirmed, new Leave(PARTY)).state().phase()).isEqualTo(Phase.SIGNING);
  }

  @Test
  void whoIsThereIsNotMissed() {
    assertThat(accept(at(Phase.JOINT), new Miss(PARTY)).state()).isEqualTo(at(Phase.JOINT));
    assertThat(accept(at(Phase.LOBBY), new Leave(PARTY)).state().phase()).isEqualTo(Phase.LOBBY);
  }
}
