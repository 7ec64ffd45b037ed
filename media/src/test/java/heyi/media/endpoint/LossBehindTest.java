package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossBehindTest {
  private final LossBehind behind = new LossBehind();

  @Test
  void theWorstCountsAsLongAsItIsNotOld() {
    behind.report(10, 0);
    behind.report(3, LossBehind.LASTS_NANOS / 2);
    assertThat(behind.worst(LossBehind.LASTS_NANOS)).isEqualTo(10);

    behind.report(3, LossBehind.LASTS_NANOS + 1);

    assertThat(behind.worst(LossBehind.LASTS_NANOS + 1)).isEqualTo(3);
    assertThat(behind.worst(3 * LossBehind.LASTS_NANOS)).isZero();
  }

  @Test
  void oneWhoHearsNothingDoesNotMakeTheOthersPay() {
    behind.report(255, 0);

    assertThat(behind.worst(0)).isEqualTo(LossBehind.MOST);
  }
}
