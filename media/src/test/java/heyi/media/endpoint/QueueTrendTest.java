package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueueTrendTest {
  private static final long MILLI = 1_000_000;

  private final QueueTrend trend = new QueueTrend();

  private void lengths(int... millis) {
    for (int i = 0; i < millis.length; i++) {
      trend.add(millis[i] * MILLI, i * 100 * MILLI);
    }
  }

  @Test
  void aQueueThatGetsLongerRises() {
    lengths(0, 10, 25);

    assertThat(trend.rises()).isTrue();
    assertThat(trend.falls()).isFalse();
  }

  @Test
  void onePacketThatCameLateIsNoQueue() {
    lengths(0, 0, 90);

    assertThat(trend.rises()).isFalse();
  }

  @Test
  void aQueueThatEmptiesFalls() {
    lengths(100, 90, 75);

    assertThat(trend.falls()).isTrue();
    assertThat(trend.rises()).isFalse();
  }

  @Test
  void whatStandsNeitherRisesNorFalls() {
    lengths(60, 55, 62, 58);

    assertThat(trend.rises()).isFalse();
    assertThat(trend.falls()).isFalse();
  }

  @Test
  void whatIsLongPastDoesNotCount() {
    trend.add(0, 0);
    trend.add(100 * MILLI, 400 * MILLI);
    trend.add(100 * MILLI, 500 * MILLI);

    assertThat(trend.rises()).isFalse();
  }
}
