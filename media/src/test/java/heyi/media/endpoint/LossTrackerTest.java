package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossTrackerTest {
  private final LossTracker losses = new LossTracker();

  @Test
  void aHoleIsAskedForAfterPacketsThatOnlyChangedPlacesHaveCome() {
    losses.missed(10, 12, 0);

    assertThat(losses.due(LossTracker.FIRST_ASK_AFTER_NANOS - 1)).isEmpty();
    losses.arrived(11, 0);
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

    assertThat(losses.arrived(5, 0)).isTrue();
    assertThat(losses.arrived(5, 0)).isFalse();
    assertThat(losses.arrived(6, 0)).isFalse();
  }

  @Test
  void overALongWayItIsAskedForAgainOnlyWhenTheAnswerIsOverdue() {
    final long repair = 400_000_000;
    losses.missed(1, 1, 0);
    losses.due(LossTracker.FIRST_ASK_AFTER_NANOS);
    losses.arrived(1, LossTracker.FIRST_ASK_AFTER_NANOS + repair);

    losses.missed(5, 5, 0);

    final long asked = LossTracker.FIRST_ASK_AFTER_NANOS;
    assertThat(losses.due(asked)).containsExactly(5);
    assertThat(losses.due(asked + repair)).as("the answer is just on its way").isEmpty();
    assertThat(losses.due(asked + 2 * repair)).containsExactly(5);
  }

  @Test
  void onAFullLineAsksAreAQuarterOfWhatArrives() {
    final long now = LossTracker.FIRST_ASK_AFTER_NANOS;
    losses.missed(1, 200, 0);
    assertThat(losses.due(now)).as("a burst").hasSize((int) LossTracker.MOST_CREDIT);
    assertThat(losses.due(now + 1)).isEmpty();

    for (int packet = 0; packet < 40; packet++) {
      losses.received();
    }

    assertThat(losses.due(now + 2)).hasSize((int) (40 * LossTracker.CREDIT_PER_PACKET));
  }
}
