package heyi.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.signaling.room.SeatId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How often a seat may report its quality. */
class ReportRateTest {
  private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
  private static final SeatId SEAT = new SeatId("party-1");

  private final ReportRate rate = new ReportRate(Duration.ofSeconds(2));

  @Test
  void reportsThatFollowTooFastAreRefused() {
    assertThat(rate.takes(SEAT, NOW)).isTrue();
    assertThat(rate.takes(SEAT, NOW.plusMillis(1_999))).isFalse();
    assertThat(rate.takes(new SeatId("party-2"), NOW)).isTrue();
    assertThat(rate.takes(SEAT, NOW.plusSeconds(2))).isTrue();
  }

  @Test
  void aClockThatIsSetBackShutsNobodyOut() {
    rate.takes(SEAT, NOW);

    assertThat(rate.takes(SEAT, NOW.minusSeconds(3_600))).isTrue();
    assertThat(rate.takes(SEAT, NOW.minusSeconds(3_599))).isFalse();
  }
}
