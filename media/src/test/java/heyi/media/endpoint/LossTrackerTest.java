package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossTrackerTest {
  private final LossTracker losses = new LossTracker();

  @Test
  void aHoleIsAskedForAfterPacketsThatOnlyChangedPlacesHaveCome() {
    losses.missed(10, 12, 0);

    assertThat(losses.due(LossTracker.FIRST_ASK_AFTER_NANOS - 1)).isEmpty();
    losses.arrived(11);
    assertThat(losses.due(LossTracker.FIRST_ASK_AFTER_NANOS)).containsExactly(10, 12);
  }

  @Test
  void aPacketIsAskedForTenTimesAndThenGivenUp() {
    losses.missed(65_536 + 3, 65_536 + 3, 0);
    long now = LossTracker.FIRST_ASK_AFTER_NANOS;
    for (int ask = 0; ask < LossTracker.MAX_ASKS; ask++) {
      assertThat(losses.due(now)).containsExactly(3);
      assertThat(losses.due(now + LossTracker.ASK_AGAIN_AFTER_NANOS - 1)).isEmpty();
      now += LossTracker.ASK_AGAIN_AFTER_NANOS;
    }

    assertThat(losses.takeGivenUp()).isFalse();
    assertThat(losses.due(now)).isEmpty();
    assertThat(losses.takeGivenUp()).isTrue();
    assertThat(losses.takeGivenUp()).isFalse();
  }

  @Test
  void aHugeHoleIsGivenUpAtOnce() {
    losses.missed(1, LossTracker.MAX_MISSING + 1, 0);

    assertThat(losses.due(Long.MAX_VALUE / 2)).isEmpty();
    assertThat(losses.takeGivenUp()).isTrue();
  }

  @Test
  void onlyAMissingPacketIsRecovered() {
    losses.missed(5, 5, 0);

    assertThat(losses.arrived(5)).isTrue();
    assertThat(losses.arrived(5)).isFalse();
    assertThat(losses.arrived(6)).isFalse();
  }
}
