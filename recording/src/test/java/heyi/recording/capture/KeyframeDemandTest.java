package heyi.recording.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A look every half second, on a clock that the test sets. */
final class KeyframeDemandTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int BYTES_A_PACKET = 1_000;

  private final KeyframeDemand demand = new KeyframeDemand(0);
  private long packets;
  private long missing;
  private long now = SECOND;

  /** Seconds after the first look at which a keyframe was asked for. */
  private List<Double> asked(int seconds, int bitsPerSecond) {
    final List<Double> asked = new ArrayList<>();
    for (int look = 0; look < 2 * seconds; look++) {
      packets += bitsPerSecond / 8 / BYTES_A_PACKET / 2;
      look(asked);
    }
    return asked;
  }

  private void look(List<Double> asked) {
    if (demand.due(
        new StreamActivity.Snapshot(packets, packets * BYTES_A_PACKET, now, missing), now)) {
      asked.add((double) (now - SECOND) / SECOND);
    }
    now += SECOND / 2;
  }

  @Test
  void nothingIsAskedOfWhoSendsNothing() {
    assertThat(asked(30, 0)).isEmpty();
  }

  @Test
  void aCameraIsAskedAtFirstAndThenEveryThreeSeconds() {
    assertThat(asked(10, 400_000)).containsExactly(0.0, 3.0, 6.0, 9.0);
  }

  @Test
  void aCameraThatSendsLittleIsAskedEveryFourSeconds() {
    assertThat(asked(13, 240_000)).containsExactly(0.0, 4.0, 8.0, 12.0);
  }

  @Test
  void aCameraOnANarrowLineIsAskedEveryTenSeconds() {
    assertThat(asked(31, 64_000)).containsExactly(0.0, 10.0, 20.0, 30.0);
  }

  @Test
  void aLineThatIsWideAgainIsAskedAgainSoon() {
    asked(6, 64_000);

    assertThat(asked(10, 400_000)).containsExactly(7.5, 10.5, 13.5);
  }

  @Test
  void whatIsRepairedWithinASecondAsksForNothing() {
    asked(1, 400_000);
    final List<Double> asked = new ArrayList<>();
    for (int loss = 0; loss < 5; loss++) {
      packets += 20;
      missing = 3;
      look(asked);
      missing = 0;
      look(asked);
    }

    assertThat(asked).containsExactly(4.0);
  }

  @Test
  void whatIsLostForGoodAsksOnce() {
    asked(1, 64_000);
    missing = 3;

    assertThat(asked(8, 64_000)).containsExactly(2.0);
    missing = 5;
    assertThat(asked(4, 64_000)).hasSize(1);
  }
}
