package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.SourceName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every state meets every signal. */
@DisplayName("R26: when a recording counts as received")
final class RecordingMachineTest {
  private static final SourceName CAMERA = new SourceName("party-1-1-v0");

  private static final Map<String, RecordingSignal> SIGNALS =
      Map.ofEntries(
          Map.entry("no source", new RecordingSignal.Heard(0, 0, 0, List.of())),
          Map.entry("first pending", new RecordingSignal.Heard(1, 1, 1, List.of())),
          Map.entry("all heard", new RecordingSignal.Heard(2, 2, 0, List.of())),
          Map.entry("one of two silent", new RecordingSignal.Heard(2, 2, 0, List.of(CAMERA))),
          Map.entry("all silent", new RecordingSignal.Heard(1, 1, 0, List.of(CAMERA))),
          Map.entry("lost", new RecordingSignal.ConnectionLost("bridge")),
          Map.entry("no room", new RecordingSignal.Pressed("disk-full")),
          Map.entry("try again", new RecordingSignal.TryAgain()),
          Map.entry("moved", new RecordingSignal.Moved()),
          Map.entry("off record", new RecordingSignal.OffRecord("trade secret")),
          Map.entry("on record", new RecordingSignal.OnRecord()),
          Map.entry("close", new RecordingSignal.CloseAsked()),
          Map.entry("stored", new RecordingSignal.EvidenceStored()),
          Map.entry("broken", new RecordingSignal.Broken("disk")));

  private static final String[] COLUMNS = {
    "no source",
    "first pending",
    "all heard",
    "one of two silent",
    "all silent",
    "lost",
    "no room",
    "try again",
    "moved",
    "off record",
    "on record",
    "close",
    "stored",
    "broken"
  };

  /** A dash means unchanged. */
  private static final Map<RecordingState, String> TABLE =
      Map.of(
          RecordingState.STARTING,
          "- - RECEIVING RECEIVING STALLED STALLED STALLED - - RESTING - SEALING - FAILED",
          RecordingState.RECEIVING,
          "STARTING - - - STALLED STALLED STALLED - STARTING RESTING - SEALING - FAILED",
          RecordingState.STALLED,
          "STARTING - RECEIVING RECEIVING - - - RECEIVING STARTING RESTING - SEALING - FAILED",
          RecordingState.SEALING,
          "- - - - - - - - - - - - VERIFIED FAILED",
          RecordingState.VERIFIED,
          "- - - - - - - - - - - - - -",
          RecordingState.FAILED,
          "- - - - - - - - - - - SEALING - -",
          RecordingState.RESTING,
          "- - - - - - - - - - STARTING SEALING - FAILED");

  @Test
  void everyStateMeetsEverySignal() {
    assertThat(TABLE).containsOnlyKeys(RecordingState.values());
    TABLE.forEach(
        (state, row) -> {
          String[] expected = row.split(" ", -1);
          assertThat(expected).hasSameSizeAs(COLUMNS);
          for (int i = 0; i < COLUMNS.length; i++) {
            assertThat(after(state, COLUMNS[i]))
                .as("%s, %s", state, COLUMNS[i])
                .isEqualTo(expected[i]);
          }
        });
  }

  @Test
  void oneDroppedParticipantIsNoLostRecorder() {
    assertThat(after(RecordingState.RECEIVING, "one of two silent")).isEqualTo("-");
  }

  @Test
  void aSecondSourceThatIsStillStartingDoesNotLightUpTheFirst() {
    RecordingSignal half = new RecordingSignal.Heard(2, 2, 1, List.of());

    assertThat(RecordingMachine.decide(RecordingState.STARTING, half))
        .isInstanceOf(RecordingMachine.Decision.Unchanged.class);
    assertThat(RecordingMachine.decide(RecordingState.RECEIVING, half))
        .isInstanceOf(RecordingMachine.Decision.Unchanged.class);
  }

  private static String after(RecordingState state, String signalName) {
    RecordingSignal signal = SIGNALS.get(signalName);
    return switch (RecordingMachine.decide(state, Objects.requireNonNull(signal))) {
      case RecordingMachine.Decision.Entered entered -> entered.state().name();
      case RecordingMachine.Decision.Unchanged unchanged -> "-";
    };
  }
}
