package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.Ssrc;
import heyi.media.rtcp.NtpTimestamp;
import heyi.media.rtcp.RtcpReportBlock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 3550 §6.4.1, appendix A.3 and A.8")
class ReceiveQualityTest {
  private static final long CYCLE = 65_536;
  private static final long MILLI = 1_000_000;
  private final ReceiveQuality quality = new ReceiveQuality(new Ssrc(4), 90_000);

  @Test
  void lossIsToldInTotalAndSinceTheLastReport() {
    quality.packet(CYCLE + 10, 0, 0);
    quality.packet(CYCLE + 13, 0, 0);
    RtcpReportBlock first = quality.report(0);
    quality.packet(CYCLE + 14, 0, 0);
    quality.packet(CYCLE + 15, 0, 0);
    RtcpReportBlock second = quality.report(0);

    assertThat(first.cumulativeLost()).isEqualTo(2);
    assertThat(first.fractionLost()).isEqualTo(128);
    assertThat(first.highestSequence()).isEqualTo(13);
    assertThat(second.cumulativeLost()).isEqualTo(2);
    assertThat(second.fractionLost()).isZero();
  }

  @Test
  void evenPacketsHaveNoJitter() {
    for (int n = 0; n < 50; n++) {
      quality.packet(CYCLE + n, n * 900L, n * 10 * MILLI);
    }

    assertThat(quality.report(0).jitter()).isZero();
  }

  @Test
  void unevenPacketsHaveJitter() {
    for (int n = 0; n < 50; n++) {
      quality.packet(CYCLE + n, n * 900L, (n * 10 + n % 2 * 5) * MILLI);
    }

    assertThat(quality.report(0).jitter()).isBetween(350L, 450L);
  }

  @Test
  void theLastSenderReportIsNamedWithItsAge() {
    quality.packet(CYCLE, 0, 0);
    quality.senderReport(new NtpTimestamp(0x1122_3344_5566_7788L), 0);

    RtcpReportBlock block = quality.report(1500 * MILLI);

    assertThat(block.lastSenderReport()).isEqualTo(0x3344_5566L);
    assertThat(block.delaySinceLastSenderReport()).isEqualTo(65_536 * 3 / 2);
  }
}
