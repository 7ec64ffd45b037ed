package heyi.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.Ssrc;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SenderReportClockTest {
  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  @Test
  void aReportTiesRtpTimeToWallTime() {
    SenderReportClock clock = new SenderReportClock(new Ssrc(5), 90_000, 1000, START);
    clock.sent(100);
    clock.sent(200);

    RtcpSenderReport report = clock.report(START.plusMillis(1500));

    assertThat(report.rtpTimestamp()).isEqualTo(1000 + 135_000);
    assertThat(report.ntp().toInstant()).isEqualTo(START.plusMillis(1500));
    assertThat(report.packetCount()).isEqualTo(2);
    assertThat(report.octetCount()).isEqualTo(300);
  }

  @Test
  void rtpTimeWrapsAround() {
    SenderReportClock clock = new SenderReportClock(new Ssrc(5), 48_000, 0xFFFF_FFFFL, START);

    assertThat(clock.rtpTimestampAt(START.plusSeconds(1))).isEqualTo(47_999);
  }

  @Property
  void instantsComeBackToTheNanosecond(
      @ForAll @LongRange(min = 0, max = 2_000_000_000L) long second,
      @ForAll @IntRange(max = 999_999_999) int nano) {
    Instant instant = Instant.ofEpochSecond(second, nano);

    assertThat(NtpTimestamp.of(instant).toInstant())
        .isBetween(instant.minusNanos(1), instant.plusNanos(1));
  }
}
