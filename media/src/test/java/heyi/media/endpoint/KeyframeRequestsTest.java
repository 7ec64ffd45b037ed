package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyframeRequestsTest {
  private final KeyframeRequests requests = new KeyframeRequests();

  @Test
  void theFirstWishGoesOutAtOnceAndTheNextAfterTheInterval() {
    requests.want();
    assertThat(requests.due(0)).isTrue();

    requests.want();
    assertThat(requests.due(KeyframeRequests.MIN_INTERVAL_NANOS - 1)).isFalse();
    assertThat(requests.due(KeyframeRequests.MIN_INTERVAL_NANOS)).isTrue();
  }

  @Test
  void thoseWhoGoOnAskingGetFewer() {
    long now = 0;
    int sent = 0;
    for (; now < KeyframeRequests.TROUBLE_NANOS; now += 20_000_000) {
      requests.want();
      if (requests.due(now)) {
        sent++;
        requests.keyframeArrived();
      }
    }
    assertThat(sent).as("at 0, 0.3, 0.9, 2.1 and 3.3 s").isEqualTo(5);

    now += KeyframeRequests.TROUBLE_NANOS;
    requests.want();
    assertThat(requests.due(now)).isTrue();
    requests.want();
    assertThat(requests.due(now + KeyframeRequests.MIN_INTERVAL_NANOS)).isTrue();
  }

  @Test
  void nothingIsAskedWithoutAWish() {
    assertThat(requests.due(0)).isFalse();
  }

  @Test
  void aKeyframeFulfilsTheWish() {
    requests.want();
    requests.due(0);
    requests.want();
    requests.keyframeArrived();

    assertThat(requests.due(10 * KeyframeRequests.REPEAT_AFTER_NANOS)).isFalse();
  }

  @Test
  void anUnansweredRequestIsRepeatedAFewTimes() {
    requests.want();
    requests.due(0);
    long now = 0;
    for (int n = 0; n < KeyframeRequests.MAX_REPEATS; n++) {
      assertThat(requests.due(now + KeyframeRequests.REPEAT_AFTER_NANOS - 1)).isFalse();
      now += KeyframeRequests.REPEAT_AFTER_NANOS;
      assertThat(requests.due(now)).isTrue();
    }

    assertThat(requests.due(now + 2 * KeyframeRequests.REPEAT_AFTER_NANOS)).isFalse();
  }
}
