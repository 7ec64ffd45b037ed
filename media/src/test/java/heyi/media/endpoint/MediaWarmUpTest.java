package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MediaWarmUpTest {
  /** A call that fails waits for 5 s at least, so a whole one shows in the time. */
  @Test
  @Timeout(60)
  void aWholeCallIsPlayed() {
    MediaWarmUp.run();

    assertThat(MediaWarmUp.run()).isLessThan(Duration.ofSeconds(5));
  }
}
