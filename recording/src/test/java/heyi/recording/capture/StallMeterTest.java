package heyi.recording.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Minutes of a microphone, as its packets arrive. */
@DisplayName("R26: a capture that stood still is noticed though its timestamps know nothing of it")
final class StallMeterTest {
  private static final int RATE = 48_000;
  private static final long PACKET_NANOS = Duration.ofMillis(20).toNanos();
  private static final int TICKS = 960;

  private final StallMeter meter = new StallMeter(RATE);
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<StallMeter.Stall> found = new ArrayList<>();
  private int timestamp = -500_000;
  private long now;
  private long drift;

  @Test
  void eighteenLostSecondsAreFoundOnceAndInTheirPlace() {
    talk(Duration.ofMinutes(3));
    long before = now;
    now += Duration.ofSeconds(18).toNanos();

    talk(Duration.ofMinutes(3));

    assertThat(found).hasSize(1);
    assertThat(Duration.ofNanos(found.getFirst().missingNanos()))
        .isBetween(Duration.ofMillis(17_800), Duration.ofMillis(18_200));
    assertThat(Math.abs(found.getFirst().fromNanos() - before))
        .isLessThan(Duration.ofMillis(200).toNanos());
  }

  @Test
  void aMicrophoneThatIsSwitchedOffAndTellsTheTimeIsNone() {
    talk(Duration.ofMinutes(1));
    now += Duration.ofSeconds(60).toNanos();
    timestamp += 60 * RATE;

    talk(Duration.ofMinutes(1));

    assertThat(found).isEmpty();
  }

  @Test
  void jitterLossAndDriftAreNone() {
    drift = 2_000; // 100 ppm of a packet's time
    talk(Duration.ofMinutes(20));

    assertThat(found).isEmpty();
  }

  @Test
  void aFewSlowSecondsOfTheNetworkAreNone() {
    talk(Duration.ofMinutes(1));
    for (int i = 0; i < 150; i++) {
      packet(now + Duration.ofSeconds(3).toNanos() - i * PACKET_NANOS);
    }

    talk(Duration.ofMinutes(1));

    assertThat(found).isEmpty();
  }

  @Test
  void aNewRandomTimestampIsNone() {
    talk(Duration.ofMinutes(1));
    timestamp -= 1_000_000_000;

    talk(Duration.ofMinutes(1));

    assertThat(found).isEmpty();
  }

  private void talk(Duration length) {
    for (long i = 0; i < length.toNanos() / PACKET_NANOS; i++) {
      boolean lost = random.nextInt(50) == 0;
      if (lost) {
        now += PACKET_NANOS;
        timestamp += TICKS;
      } else {
        packet(now + random.nextLong(Duration.ofMillis(60).toNanos()));
      }
    }
  }

  private void packet(long arrival) {
    meter.packet(timestamp, arrival);
    StallMeter.Stall stall = meter.take();
    if (stall != null) {
      found.add(stall);
    }
    now += PACKET_NANOS + drift;
    timestamp += TICKS;
  }
}
