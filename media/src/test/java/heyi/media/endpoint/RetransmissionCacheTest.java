package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetransmissionCacheTest {
  private final RetransmissionCache cache = new RetransmissionCache();

  @Test
  void aPacketIsGivenButNotTwiceWithinARoundTrip() {
    cache.put(7, new byte[] {1, 2, 3, 4}, 3);

    assertThat(cache.take(7, 0)).containsExactly(1, 2, 3);
    assertThat(cache.take(7, RetransmissionCache.MIN_INTERVAL_NANOS - 1)).isNull();
    assertThat(cache.take(7, RetransmissionCache.MIN_INTERVAL_NANOS)).isNotNull();
  }

  @Test
  void theOldestPacketMakesRoom() {
    for (int n = 0; n <= RetransmissionCache.SIZE; n++) {
      cache.put(n, new byte[1], 1);
    }

    assertThat(cache.take(0, 0)).isNull();
    assertThat(cache.take(1, 0)).isNotNull();
    assertThat(cache.take(RetransmissionCache.SIZE, 0)).isNotNull();
  }
}
