package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.Ssrc;
import heyi.media.rtcp.RtcpTransportFeedback;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("draft-ietf-rmcat-gcc-02, RFC 6817 §3")
class SendBandwidthTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long TICK = 250_000;
  private static final int BYTES = 1_000;
  private static final int LINE_BITS = 300_000;
  private static final long QUEUE = 400 * MILLI;
  private static final long FEEDBACK = 100 * MILLI;

  private final SendBandwidth bandwidth = new SendBandwidth();
  private final List<Long> arrivals = new ArrayList<>();
  private long now = SECOND;
  private long wayNanos = 50 * MILLI;
  private long lineFree;
  private int next = 65_000;
  private int firstUnreported = next;

  /** Sends evenly for a while over a line with a queue, and reports ten times a second. */
  private void send(int bitsPerSecond, long lineBits, double loss, long lasting) {
    final long gap = (BYTES + SendBandwidth.OVERHEAD_BYTES) * 8L * SECOND / bitsPerSecond;
    final long end = now + lasting;
    long report = now + FEEDBACK;
    double lossDue = 0;
    for (; now < end; now += gap) {
      bandwidth.sent(next++ & 0xFFFF, BYTES, now);
      final long begin = Math.max(now, lineFree);
      lossDue += loss;
      if (begin - now > QUEUE || lossDue >= 1) {
        lossDue -= lossDue >= 1 ? 1 : 0;
        arrivals.add(null);
      } else {
        lineFree = begin + (BYTES + SendBandwidth.OVERHEAD_BYTES) * 8L * SECOND / lineBits;
        arrivals.add(lineFree + wayNanos);
      }
      if (now >= report) {
        report();
        report = now + FEEDBACK;
      }
    }
  }

  /** What has arrived by now, as a browser reports it. */
  private void report() {
    int count = 0;
    for (int i = 0; i < arrivals.size(); i++) {
      final Long arrival = arrivals.get(i);
      if (arrival != null && arrival <= now) {
        count = i + 1;
      }
    }
    if (count == 0) {
      return;
    }
    final List<Long> reported = arrivals.subList(0, count);
    final long first = reported.stream().filter(each -> each != null).findFirst().orElseThrow();
    final int reference = (int) (first / TICK / 256);
    long previous = reference * 256L;
    final List<Integer> deltas = new ArrayList<>();
    for (final Long arrival : reported) {
      deltas.add(arrival == null ? RtcpTransportFeedback.LOST : (int) (arrival / TICK - previous));
      previous = arrival == null ? previous : arrival / TICK;
    }
    bandwidth.feedback(
        new RtcpTransportFeedback(
            new Ssrc(1), new Ssrc(2), firstUnreported & 0xFFFF, reference, 0, deltas),
        now);
    firstUnreported += count;
    reported.clear();
  }

  @Test
  void aWideLineHasNoLimit() {
    send(1_000_000, 10_000_000, 0, 5 * SECOND);

    assertThat(bandwidth.bitsPerSecond()).isEqualTo(SendBandwidth.UNLIMITED);
  }

  @Test
  void aLossThatIsNotOursHasNoLimit() {
    send(500_000, 10_000_000, 0.05, 20 * SECOND);

    assertThat(bandwidth.bitsPerSecond()).isEqualTo(SendBandwidth.UNLIMITED);
  }

  @Test
  void aQueueOnTheWayBringsItBelowWhatTheLineCarriesWithinASecond() {
    send(200_000, LINE_BITS, 0, 3 * SECOND);
    send(600_000, LINE_BITS, 0, SECOND);

    assertThat(bandwidth.bitsPerSecond()).isBetween(LINE_BITS * 3L / 4, (long) LINE_BITS);
  }

  @Test
  void whileTheQueueDrainsItIsNotCutFurther() {
    send(200_000, LINE_BITS, 0, 3 * SECOND);
    send(600_000, LINE_BITS, 0, SECOND);
    send(240_000, LINE_BITS, 0, SECOND);

    assertThat(bandwidth.bitsPerSecond()).isBetween(LINE_BITS * 3L / 4, (long) LINE_BITS);
  }

  @Test
  void aLongerWayIsNoQueueForEver() {
    send(500_000, 10_000_000, 0, 3 * SECOND);
    wayNanos += 150 * MILLI;
    send(500_000, 10_000_000, 0, 2 * SECOND);
    assertThat(bandwidth.bitsPerSecond()).as("at first").isLessThan(500_000);

    send(500_000, 10_000_000, 0, 3 * SECOND);
    assertThat(bandwidth.bitsPerSecond()).isEqualTo(SendBandwidth.UNLIMITED);
  }

  @Test
  void heavyLossBringsItDown() {
    send(500_000, 10_000_000, 0.3, 3 * SECOND);

    assertThat(bandwidth.bitsPerSecond()).isBetween(200_000L, 450_000L);
  }

  @Test
  void itGrowsAgainAfterARest() {
    send(200_000, LINE_BITS, 0, 3 * SECOND);
    send(600_000, LINE_BITS, 0, SECOND);
    send(150_000, LINE_BITS, 0, 3 * SECOND);
    final long rested = bandwidth.bitsPerSecond();

    send(150_000, LINE_BITS, 0, 5 * SECOND);

    assertThat(bandwidth.bitsPerSecond()).isBetween(rested * 13 / 10, rested * 18 / 10);
  }

  @Test
  void aTrialThatFailsMakesTheRestLonger() {
    send(200_000, LINE_BITS, 0, 3 * SECOND);
    for (int again = 0; again < 2; again++) {
      send(600_000, LINE_BITS, 0, SECOND);
      send(150_000, LINE_BITS, 0, 4 * SECOND);
    }
    final long rested = bandwidth.bitsPerSecond();

    send(150_000, LINE_BITS, 0, SECOND);
    assertThat(bandwidth.bitsPerSecond()).isEqualTo(rested);

    send(150_000, LINE_BITS, 0, 3 * SECOND);
    assertThat(bandwidth.bitsPerSecond()).isGreaterThan(rested * 11 / 10);
  }

  @Test
  void whileThereIsAQueueLessIsSentThanTheLineCarries() {
    send(200_000, LINE_BITS, 0, 3 * SECOND);
    send(600_000, LINE_BITS, 0, SECOND);
    final long emptying = bandwidth.pacedBitsPerSecond();
    send(150_000, LINE_BITS, 0, 2 * SECOND);

    assertThat(emptying).isLessThan(LINE_BITS * 2L / 3);
    assertThat(bandwidth.pacedBitsPerSecond()).isEqualTo(bandwidth.bitsPerSecond());
  }

  @Test
  void aNarrowLineIsGivenWayToBeforeItsQueueIsLong() {
    send(200_000, LINE_BITS, 0, 3 * SECOND);
    send(600_000, LINE_BITS, 0, SECOND);
    send(150_000, LINE_BITS, 0, 10 * SECOND);
    final long trial = bandwidth.bitsPerSecond();

    send(360_000, LINE_BITS, 0, 600 * MILLI);

    assertThat(trial).isGreaterThan(LINE_BITS);
    assertThat(bandwidth.bitsPerSecond()).isLessThan(LINE_BITS);
  }

  @Test
  void itNeverFallsBelowSpeech() {
    send(200_000, 8_000_000, 0, SECOND);
    send(200_000, 20_000, 0, 20 * SECOND);

    assertThat(bandwidth.bitsPerSecond()).isEqualTo(SendBandwidth.LEAST);
  }

  @Test
  void whatWasNotSentIsPassedOver() {
    bandwidth.feedback(
        new RtcpTransportFeedback(new Ssrc(1), new Ssrc(2), 7, -3, 0, List.of(1, 2, 3)), now);

    assertThat(bandwidth.bitsPerSecond()).isEqualTo(SendBandwidth.UNLIMITED);
  }
}
