package heyi.signaling.room;

import static heyi.signaling.room.RoomScene.CONSENTS;
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
import heyi.signaling.room.Decision.Accepted;
import heyi.signaling.room.Decision.Refused;
import heyi.signaling.room.RoomCommand.Advance;
import heyi.signaling.room.RoomCommand.Join;
import heyi.signaling.room.RoomCommand.RecorderFailed;
import heyi.signaling.room.RoomCommand.RecorderReady;
import heyi.signaling.room.RoomCommand.RecorderReceiving;
import heyi.signaling.room.RoomCommand.RecorderRests;
import heyi.signaling.room.RoomCommand.TellBackground;
import heyi.signaling.room.RoomCommand.WithholdRecord;
import heyi.signaling.room.RoomEvent.BackgroundChanged;
import heyi.signaling.room.RoomEvent.PhaseChanged;
import heyi.signaling.room.RoomEvent.RecordResumed;
import heyi.signaling.room.RoomEvent.RecordWithheld;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName(
    "R26, 法释〔2017〕5号 art. 3: what must not be recorded is said off the record, with a reason")
class RoomOffRecordTest {
  private static final String WHY = "涉及商业秘密";
  private static final WithholdRecord WITHHOLD = new WithholdRecord(MEDIATOR, WHY);

  @Test
  void everybodySeesWhyAndThatItIsSoOnlyWhenTheRecorderKeepsNothing() {
    var asked = accept(at(Phase.JOINT), WITHHOLD);
    var rests = accept(asked.state(), new RecorderRests()).state();

    assertThat(asked.state().phase()).isEqualTo(Phase.PAUSED);
    assertThat(asked.state().pause())
        .isEqualTo(new Pause(PauseReason.OFF_RECORD, Phase.JOINT, WHY));
    assertThat(asked.state().light()).isEqualTo(RecordingLight.RECEIVING);
    assertThat(asked.events())
        .containsExactly(
            new PhaseChanged(SPEC.id(), NOW, Phase.JOINT, Phase.PAUSED, PauseReason.OFF_RECORD),
            new RecordWithheld(SPEC.id(), NOW, MEDIATOR, WHY));
    assertThat(rests.light()).isEqualTo(RecordingLight.OFF_RECORD);
  }

  @Test
  void theTalkGoesOnByItselfOnlyWhenTheRecorderReceivesAgain() {
    var rests = accept(accept(at(Phase.JOINT), WITHHOLD).state(), new RecorderRests()).state();

    var asked = accept(rests, new Advance(MEDIATOR, Phase.JOINT, null));
    var back = accept(asked.state(), new RecorderReceiving());

    assertThat(asked.state().phase()).isEqualTo(Phase.PAUSED);
    assertThat(asked.state().pause()).isEqualTo(new Pause(PauseReason.RECORDER, Phase.JOINT));
    assertThat(asked.state().light()).isEqualTo(RecordingLight.STARTING);
    assertThat(asked.events()).contains(new RecordResumed(SPEC.id(), NOW, MEDIATOR));
    assertThat(back.state()).isEqualTo(at(Phase.JOINT));
  }

  @Test
  void aRecorderThatIsLostMeanwhileStaysOffTheRecordWhenItIsBack() {
    var rests = accept(accept(at(Phase.JOINT), WITHHOLD).state(), new RecorderRests()).state();

    var lost = accept(rests, new RecorderFailed()).state();
    var back = accept(accept(lost, new RecorderReady()).state(), new RecorderRests()).state();

    assertThat(lost.light()).isEqualTo(RecordingLight.FAILED);
    assertThat(back).isEqualTo(rests);
  }

  @Test
  void aLateWordOfARestingRecorderDarkensNoLightThatIsOn() {
    assertThat(accept(at(Phase.JOINT), new RecorderRests()).state()).isEqualTo(at(Phase.JOINT));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JOINT")
  void nothingButJointTalkIsOffTheRecord(Phase phase) {
    assertThat(decide(at(phase), WITHHOLD)).isInstanceOf(Refused.class);
  }

  @Test
  void onlyTheMediatorDecidesIt() {
    assertThat(decide(at(Phase.JOINT), new WithholdRecord(PARTY, WHY)))
        .isEqualTo(new Refused(RefusalReason.NOT_ALLOWED));
    assertThat(decide(at(Phase.JOINT), new WithholdRecord(NOBODY, WHY)))
        .isEqualTo(new Refused(RefusalReason.UNKNOWN_SEAT));
  }

  @Test
  void theSessionMayEndOffTheRecordButNotBeReadBackThere() {
    var off = accept(at(Phase.JOINT), WITHHOLD).state();

    assertThat(decide(off, new Advance(MEDIATOR, Phase.READBACK, null)))
        .isEqualTo(new Refused(RefusalReason.WRONG_PHASE));
    assertThat(decide(off, new Advance(MEDIATOR, Phase.CLOSED, null))).isInstanceOf(Accepted.class);
  }

  @Test
  void whatADeviceHoldsBackIsToldOnceAndForgottenWhenAPageComesAnew() {
    var behind = new Background(true, Set.of(MediaKind.VIDEO));
    var told = accept(at(Phase.JOINT), new TellBackground(PARTY, behind));

    assertThat(told.events()).containsExactly(new BackgroundChanged(SPEC.id(), NOW, PARTY, behind));
    assertThat(accept(told.state(), new TellBackground(PARTY, behind)).events()).isEmpty();
    assertThat(accept(told.state(), new Join(PARTY, CONSENTS)).state()).isEqualTo(at(Phase.JOINT));
  }
}
