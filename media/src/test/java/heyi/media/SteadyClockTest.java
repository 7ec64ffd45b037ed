package heyi.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A steady clock beside a wall clock, both moved by hand. */
class SteadyClockTest {
  private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");

  @Test
  void itGoesOnEvenlyFromWhatTheWallClockShowedWhereverThatOneIsSet() {
    AtomicLong nanos = new AtomicLong(-5);
    SteadyClock steady = new SteadyClock(START, nanos::get);
    assertThat(steady.instant()).isEqualTo(START);

    nanos.addAndGet(1_500_000_000L);

    assertThat(steady.instant()).isEqualTo(START.plusMillis(1_500));
  }
}
