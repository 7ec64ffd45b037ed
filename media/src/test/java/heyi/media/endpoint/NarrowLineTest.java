package heyi.media.endpoint;

import static heyi.media.endpoint.SimulatedReceiver.MILLI;
import static heyi.media.endpoint.SimulatedReceiver.PICTURE_BITS;
import static heyi.media.endpoint.SimulatedReceiver.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.endpoint.SimulatedReceiver.VoiceSummary;
import org.junit.jupiter.api.Test;

/** Two pictures of 200 kbit/s each and two voices, over a line that does not carry them. */
class NarrowLineTest {
  private static final long WIDE = 20_000_000;
  private static final long NARROW = 300_000;

  private final SimulatedReceiver receiver = new SimulatedReceiver();

  @Test
  void onALineThatStaysNarrowSpeechHardlyWaitsAndIsNotLost() {
    receiver.run(WIDE, 5 * SECOND);
    receiver.run(NARROW, 3 * SECOND);
    receiver.voices();
    receiver.pictureBits(SECOND);

    receiver.run(NARROW, 60 * SECOND);

    final VoiceSummary voices = receiver.voices();
    final long pictures = receiver.pictureBits(60 * SECOND);
    assertThat(voices.lost()).isZero();
    assertThat(voices.p95()).isLessThan(100);
    assertThat(voices.worst()).isLessThan(200);
    assertThat(pictures).isGreaterThan(NARROW / 3);
  }

  @Test
  void aLineThatIsWideAgainIsUsedWithinHalfAMinute() {
    receiver.run(WIDE, 5 * SECOND);
    receiver.run(NARROW, 40 * SECOND);

    receiver.run(WIDE, 35 * SECOND);

    assertThat(receiver.everythingGoes()).isTrue();
    receiver.pictureBits(SECOND);
    receiver.run(WIDE, 10 * SECOND);
    assertThat(receiver.pictureBits(10 * SECOND)).isGreaterThan(2 * PICTURE_BITS * 9 / 10);
  }

  @Test
  void aMachineThatStandsStillNowAndThenDoesNotStarveThePictures() {
    receiver.run(WIDE, 5 * SECOND);
    receiver.pictureBits(SECOND);
    for (int n = 0; n < 20; n++) {
      receiver.stall(500 * MILLI);
      receiver.run(WIDE, 5 * SECOND);
    }

    assertThat(receiver.stops()).isZero();
    assertThat(receiver.pictureBits(100 * SECOND)).isGreaterThan(2 * PICTURE_BITS * 3 / 4);
  }

  @Test
  void aMachineThatIsSlowForSomeSecondsAgainAndAgainDoesNotStarveThePictures() {
    receiver.run(WIDE, 5 * SECOND);
    receiver.pictureBits(SECOND);
    for (int n = 0; n < 20; n++) {
      receiver.slow(150 * MILLI, (1 + n % 4) * SECOND);
      receiver.run(WIDE, 5 * SECOND);
    }

    assertThat(receiver.pictureBits(100 * SECOND)).isGreaterThan(PICTURE_BITS);
  }

  @Test
  void aMachineAtItsLimitDoesNotStarveThePictures() {
    for (long seed = 1; seed <= 3; seed++) {
      final SimulatedReceiver strained = new SimulatedReceiver();
      strained.run(WIDE, 5 * SECOND);
      strained.strain(seed);
      strained.pictureBits(SECOND);
      for (int n = 0; n < 12; n++) {
        strained.run(WIDE, 10 * SECOND);

        assertThat(strained.pictureBits(10 * SECOND))
            .as("seed " + seed)
            .isGreaterThan(PICTURE_BITS);
      }
    }
  }
}
