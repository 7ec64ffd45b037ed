package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.SourceName;
import heyi.recording.session.RecordingMachine.Decision;
import heyi.recording.session.RecordingMachine.Decision.Entered;
import heyi.recording.session.RecordingMachine.Decision.Unchanged;
import heyi.recording.session.RecordingSignal.Heard;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R26: when a recording counts as received")
class RecordingMachineTest {
  private static final SourceName FIRST = new SourceName("party-1-1-a0");
  private static final SourceName SECOND = new SourceName("party-2-1-a0");

  @Test
  void itIsReceivedOnceEverySourceCame() {
    assertThat(decide(RecordingState.STARTING, new Heard(2, 1, List.of())))
        .isInstanceOf(Unchanged.class);
    assertThat(entered(RecordingState.STARTING, new Heard(2, 0, List.of())))
        .isEqualTo(RecordingState.RECEIVING);
  }

  @Test
  void oneDroppedParticipantIsNoLostRecorder() {
    assertThat(decide(RecordingState.RECEIVING, new Heard(2, 0, List.of(FIRST))))
        .isInstanceOf(Unchanged.class);
  }

  @Test
  void nothingFromAnybodyIsALostRecorderUntilSomethingComes() {
    assertThat(entered(RecordingState.RECEIVING, new Heard(2, 0, List.of(FIRST, SECOND))))
        .isEqualTo(RecordingState.STALLED);
    assertThat(entered(RecordingState.STALLED, new Heard(2, 0, List.of(FIRST))))
        .isEqualTo(RecordingState.RECEIVING);
  }

  private static Decision decide(RecordingState state, RecordingSignal signal) {
    return RecordingMachine.decide(state, signal);
  }

  private static RecordingState entered(RecordingState state, RecordingSignal signal) {
    return ((Entered) decide(state, signal)).state();
  }
}
