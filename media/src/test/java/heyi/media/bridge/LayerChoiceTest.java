package heyi.media.bridge;

import static heyi.media.bridge.LayerGate.ALL;
import static heyi.media.bridge.LayerGate.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.bridge.LayerChoice.Fit;
import org.junit.jupiter.api.Test;

class LayerChoiceTest {
  private static final long SECOND = 1_000_000_000;
  private static final Fit NOTHING = new Fit(STOPPED, STOPPED, STOPPED);

  private final LayerChoice choice = new LayerChoice();

  @Test
  void aLayerThatDoesNotFitGoesAndComesBackWhenThereIsRoom() {
    assertThat(choice.next(new Fit(1, 1, 0), 0)).isEqualTo(1);
    assertThat(choice.next(new Fit(2, 2, 1), SECOND)).as("without room").isEqualTo(1);
    assertThat(choice.next(new Fit(ALL, ALL, 2), 2 * SECOND)).isEqualTo(2);
  }

  @Test
  void whatWaitsCostsFramesButStopsNothing() {
    assertThat(choice.next(new Fit(STOPPED, 0, STOPPED), 0)).isZero();
    assertThat(choice.next(new Fit(STOPPED, 0, STOPPED), 9 * SECOND)).isZero();
  }

  @Test
  void aBurstStopsNothingALineThatIsTooNarrowDoes() {
    long stop = LayerChoice.STOP_AFTER_NANOS;
    assertThat(choice.next(NOTHING, 0)).isZero();
    assertThat(choice.next(new Fit(0, 0, STOPPED), stop / 2)).isZero();
    assertThat(choice.next(NOTHING, stop)).isZero();
    assertThat(choice.next(NOTHING, 2 * stop - 1)).isZero();
    assertThat(choice.next(NOTHING, 2 * stop)).isEqualTo(STOPPED);
  }

  @Test
  void whatWasStoppedComesBackAfterAWhileWhenThereIsRoom() {
    choice.next(NOTHING, 0);
    choice.next(NOTHING, LayerChoice.STOP_AFTER_NANOS);
    long back = LayerChoice.RETURN_AFTER_NANOS;

    assertThat(choice.next(new Fit(ALL, ALL, ALL), back - 1)).isEqualTo(STOPPED);
    assertThat(choice.next(new Fit(0, 0, STOPPED), 2 * back)).as("no room").isEqualTo(STOPPED);
    assertThat(choice.next(new Fit(1, 1, 0), 3 * back)).isZero();
  }
}
