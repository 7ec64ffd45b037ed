package heyi.recording.composite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is large when; windows are a tenth of a second. */
final class SpeakersTest {
  private static final double TALK = 0.01;
  private static final double ECHO = 0.004;
  private static final double NOISE = 1e-6;

  private static double[] talks(int windows, int... fromTo) {
    double[] power = new double[windows];
    Arrays.fill(power, NOISE);
    for (int i = 0; i < fromTo.length; i += 2) {
      Arrays.fill(power, fromTo[i], fromTo[i + 1], TALK);
    }
    return power;
  }

  @Test
  void whoIsHeardFirstIsLargeFromTheStart() {
    List<Speakers.Turn> turns =
        Speakers.turns(new double[][] {talks(100), talks(100, 50, 90)}, 7000);

    assertThat(turns).containsExactly(new Speakers.Turn(7000, 1));
  }

  @Test
  void theNextSpeakerIsLargeSoonAfterHeBegins() {
    List<Speakers.Turn> turns =
        Speakers.turns(new double[][] {talks(100, 0, 40), talks(100, 40, 100)}, 0);

    assertThat(turns).hasSize(2);
    assertThat(turns.getLast().person()).isEqualTo(1);
    assertThat(turns.getLast().fromMillis()).isBetween(4_000L, 4_600L);
    assertThat(Speakers.at(turns, 3_900)).isZero();
    assertThat(Speakers.at(turns, 5_000)).isEqualTo(1);
  }

  @Test
  void anEchoInAnothersMicrophoneChangesNothing() {
    double[] echo = new double[100];
    Arrays.fill(echo, ECHO);

    assertThat(Speakers.turns(new double[][] {talks(100, 0, 100), echo}, 0)).hasSize(1);
  }

  @Test
  void whenNobodySpeaksThePictureStays() {
    assertThat(Speakers.turns(new double[][] {talks(100, 0, 20), talks(100)}, 0)).hasSize(1);
  }

  @Test
  void aQuickExchangeDoesNotMakeThePictureJump() {
    List<Speakers.Turn> turns =
        Speakers.turns(
            new double[][] {talks(60, 0, 10, 20, 30, 40, 50), talks(60, 10, 20, 30, 40, 50, 60)},
            0);

    for (int i = 2; i < turns.size(); i++) {
      assertThat(turns.get(i).fromMillis() - turns.get(i - 1).fromMillis())
          .isGreaterThanOrEqualTo(2_000);
    }
  }
}
