package heyi.signaling.room;

import static heyi.signaling.room.RoomScene.MEDIATOR;
import static heyi.signaling.room.RoomScene.NOW;
import static heyi.signaling.room.RoomScene.PARTY;
import static heyi.signaling.room.RoomScene.SPEC;
import static heyi.signaling.room.RoomScene.accept;
import static heyi.signaling.room.RoomScene.at;
import static heyi.signaling.room.RoomScene.receive;
import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.MediaKind;
import heyi.signaling.room.RoomCommand.Advance;
import heyi.signaling.room.RoomCommand.Drop;
import heyi.signaling.room.RoomCommand.RecorderFailed;
import heyi.signaling.room.RoomCommand.RecorderReceiving;
import heyi.signaling.room.RoomEvent.PhaseChanged;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("R26: a voice that is not recorded")
class RoomSilenceTest {
  @Test
  void whoIsNotRecordedIsNamedToAllAndTheTalkGoesOnMeanwhile() {
    var silent = accept(at(Phase.JOINT), receive(HeardSource.Standing.SILENT));

    assertThat(silent.events()).isEmpty();
    assertThat(silent.state().phase()).isEqualTo(Phase.JOINT);
    assertThat(silent.state().silent())
        .containsExactly(new SilentSource(PARTY, MediaKind.AUDIO, false));
    assertThat(accept(silent.state(), receive(HeardSource.Standing.RECEIVED)).state())
        .isEqualTo(at(Phase.JOINT));
    assertThat(accept(silent.state(), receive(HeardSource.Standing.MUTED)).state())
        .isEqualTo(at(Phase.JOINT));
  }

  @ParameterizedTest
  @EnumSource(names = {"JOINT", "READBACK", "SIGNING"})
  void whoStaysUnrecordedPausesTheTalkUntilHeIsReceived(Phase phase) {
    var paused = accept(at(phase), receive(HeardSource.Standing.GIVEN_UP));
    assertThat(paused.events())
        .containsExactly(
            new PhaseChanged(SPEC.id(), NOW, phase, Phase.PAUSED, PauseReason.SILENCE));
    assertThat(accept(paused.state(), receive(HeardSource.Standing.GIVEN_UP)).state())
        .isEqualTo(paused.state());

    var back = accept(paused.state(), receive(HeardSource.Standing.RECEIVED));

    assertThat(back.state()).isEqualTo(at(phase));
    assertThat(back.events())
        .containsExactly(new PhaseChanged(SPEC.id(), NOW, Phase.PAUSED, phase, null));
  }

  @Test
  void theMediatorMayLeadOnWithoutHimAndIsNotPausedAgainForHim() {
    var paused = accept(at(Phase.JOINT), receive(HeardSource.Standing.GIVEN_UP)).state();
    var led = accept(paused, new Advance(MEDIATOR, Phase.JOINT, null)).state();

    var later = accept(led, receive(HeardSource.Standing.GIVEN_UP));

    assertThat(later.state().phase()).isEqualTo(Phase.JOINT);
    assertThat(later.state().silent()).hasSize(1);
    assertThat(later.events()).isEmpty();
  }

  @Test
  void whoIsAwayIsNotWaitedFor() {
    var dropped = accept(at(Phase.JOINT), new Drop(PARTY)).state();

    assertThat(accept(dropped, receive(HeardSource.Standing.GIVEN_UP)).events()).isEmpty();
  }

  @Test
  void aRecorderThatIsLostDuringSuchAPauseEndsItWhenItReceivesEverybody() {
    var paused = accept(at(Phase.JOINT), receive(HeardSource.Standing.GIVEN_UP)).state();
    var lost = accept(paused, new RecorderFailed()).state();
    assertThat(accept(lost, receive(HeardSource.Standing.SILENT)).state()).isEqualTo(lost);

    assertThat(accept(lost, new RecorderReceiving()).state()).isEqualTo(at(Phase.JOINT));
  }
}
