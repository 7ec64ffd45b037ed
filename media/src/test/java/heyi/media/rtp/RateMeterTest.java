package heyi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateMeterTest {
  private static final long SECOND = 1_000_000_000;
  private final RateMeter meter = new RateMeter(SECOND);

  @Test
  void itIsWhatCameWithinTheWhile() {
    for (int n = 0; n < 200; n++) {
      meter.add(125, n * SECOND / 50);
    }

    assertThat(meter.bitsPerSecond(4 * SECOND - 1)).isCloseTo(50_000, within(1_000L));
  }

  @Test
  void silenceCountsDownToNothing() {
    meter.add(1_000, 0);

    assertThat(meter.bitsPerSecond(SECOND / 2)).isEqualTo(8_000);
    assertThat(meter.bitsPerSecond(SECOND)).isZero();
    assertThat(meter.bitsPerSecond(100 * SECOND)).isZero();
  }

  @Test
  void clocksMayStartBeforeZero() {
    meter.add(1_000, -5 * SECOND);

    assertThat(meter.bitsPerSecond(-5 * SECOND)).isEqualTo(8_000);
  }
}
