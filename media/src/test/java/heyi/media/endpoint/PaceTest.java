package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLI = 1_000_000;
  private static final long LINE = 80_000;

  private final Pace pace = new Pace();

  @Test
  void onAWideLineNothingWaits() {
    pace.sent(1_000_000, 0);

    assertThat(pace.waitNanos(0)).isZero();
  }

  @Test
  void aPictureWaitsUntilTheLineIsThroughWithWhatWasSent() {
    pace.line(LINE, 0);
    pace.sent(1_000, 0);

    assertThat(pace.waitNanos(0)).isEqualTo(100 * MILLI - Pace.BURST_NANOS);
    assertThat(pace.waitNanos(60 * MILLI)).isEqualTo(40 * MILLI - Pace.BURST_NANOS);
    assertThat(pace.waitNanos(100 * MILLI)).isZero();
  }

  @Test
  void whatWasNotSentIsNotSavedUp() {
    pace.line(LINE, 0);

    pace.sent(1_000, 5_000 * MILLI);

    assertThat(pace.waitNanos(5_000 * MILLI)).isEqualTo(100 * MILLI - Pace.BURST_NANOS);
  }

  @Test
  void whereSoundTakesMoreThanTheLineCarriesPicturesDoNotWaitForEver() {
    pace.line(LINE, 0);
    for (int n = 0; n < 1_000; n++) {
      pace.sent(1_000, 0);
    }

    assertThat(pace.waitNanos(0)).isEqualTo(Pace.LONGEST_NANOS - Pace.BURST_NANOS);
  }

  @Test
  void whatWasSentBeforeTheLineWasNarrowIsNotCounted() {
    pace.sent(1_000_000, 0);

    pace.line(LINE, MILLI);

    assertThat(pace.waitNanos(MILLI)).isZero();
  }
}
