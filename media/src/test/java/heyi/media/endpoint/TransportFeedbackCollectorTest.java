package heyi.media.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.Ssrc;
import heyi.media.rtcp.RtcpTransportFeedback;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("draft-holmer-rmcat-transport-wide-cc-extensions-01 §3")
class TransportFeedbackCollectorTest {
  private static final int LOST = RtcpTransportFeedback.LOST;
  private static final long MILLI = 1_000_000;
  private final TransportFeedbackCollector collector = new TransportFeedbackCollector(0);

  private List<RtcpTransportFeedback> take() {
    return collector.take(new Ssrc(1), new Ssrc(2));
  }

  @Test
  void arrivalTimesAreTicksOf250Microseconds() {
    collector.arrived(10, 130 * MILLI);
    collector.arrived(12, 131 * MILLI);

    RtcpTransportFeedback report = take().getFirst();

    assertThat(report.baseSequence()).isEqualTo(10);
    assertThat(report.referenceTime()).isEqualTo(2);
    assertThat(report.deltas()).containsExactly(8, LOST, 4);
  }

  @Test
  void reportsFollowEachOtherAndCount() {
    collector.arrived(65_535, 0);
    take();
    collector.arrived(2, MILLI);

    RtcpTransportFeedback second = take().getFirst();

    assertThat(second.feedbackCount()).isEqualTo(1);
    assertThat(second.baseSequence()).isZero();
    assertThat(second.deltas()).containsExactly(LOST, LOST, 4);
    assertThat(take()).isEmpty();
  }

  @Test
  void aLatePacketIsReportedWithoutCallingItsNeighboursLost() {
    collector.arrived(1, 0);
    collector.arrived(3, 0);
    take();
    collector.arrived(2, MILLI);
    collector.arrived(5, 2 * MILLI);

    List<RtcpTransportFeedback> reports = take();

    assertThat(reports).extracting(RtcpTransportFeedback::baseSequence).containsExactly(2, 4);
    assertThat(reports.get(0).deltas()).containsExactly(4);
    assertThat(reports.get(1).deltas()).containsExactly(LOST, 8);
  }

  @Test
  void aPauseTooLongForADeltaStartsANewReport() {
    collector.arrived(1, 0);
    collector.arrived(2, 20_000 * MILLI);

    assertThat(take()).hasSize(2);
  }

  @Test
  void longListsAreCut() {
    for (int n = 0; n < 2 * TransportFeedbackCollector.MAX_PACKETS_PER_REPORT; n++) {
      collector.arrived(n, n * MILLI / 10);
    }

    List<RtcpTransportFeedback> reports = take();

    assertThat(reports).hasSize(2);
    assertThat(reports).allMatch(report -> report.sizeBytes() < 1200);
  }

  @Test
  void aJumpOfTheSenderIsNotReportedAsLoss() {
    collector.arrived(1, 0);
    take();
    collector.arrived(20_000, MILLI);

    assertThat(take().getFirst().deltas()).hasSize(1);
  }

  @Test
  void whatWaitsIsBounded() {
    for (int n = 0; n < 3 * TransportFeedbackCollector.MAX_PENDING; n++) {
      collector.arrived(n & 0xFFFF, 0);
    }

    assertThat(take().stream().mapToInt(report -> report.deltas().size()).sum())
        .isEqualTo(TransportFeedbackCollector.MAX_PENDING);
  }
}
