package heyi.signaling.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.media.MediaKind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityReportTest {
  @ParameterizedTest
  @CsvSource({
    ", , , GOOD",
    "250, 50, 30, GOOD",
    "251, , , FAIR",
    ", 51, , FAIR",
    ", , 31, FAIR",
    "500, 100, 100, FAIR",
    "501, , , POOR",
    ", 101, , POOR",
    ", , 101, POOR"
  })
  void theWorstOfDelayJitterAndLossDecides(
      @Nullable Integer rtt, @Nullable Integer jitter, @Nullable Integer loss, QualityLevel level) {
    assertThat(new QualityReport(List.of(up(rtt, jitter, loss))).level(QualityLimits.DEFAULT))
        .isEqualTo(level);
  }

  @Test
  void theWorstSourceDecides() {
    var report = new QualityReport(List.of(up(10, 1, 0), up(600, 1, 0), up(300, 1, 50)));

    assertThat(report.level(QualityLimits.DEFAULT)).isEqualTo(QualityLevel.POOR);
    assertThat(report.rttMillis()).isEqualTo(600);
    assertThat(report.lossPermille()).isEqualTo(50);
  }

  @Test
  void nothingMeasuredIsNothingBad() {
    var report = new QualityReport(List.of());

    assertThat(report.level(QualityLimits.DEFAULT)).isEqualTo(QualityLevel.GOOD);
    assertThat(report.rttMillis()).isNull();
  }

  @Test
  void anOperatorMayDrawTheLinesElsewhere() {
    var strict =
        new QualityLimits(
            Duration.ofSeconds(2),
            new SourceQuality.Path(50, 10, 5),
            new SourceQuality.Path(100, 20, 10));

    assertThat(new QualityReport(List.of(up(60, 1, 0))).level(strict)).isEqualTo(QualityLevel.FAIR);
    assertThat(new QualityReport(List.of(up(60, 1, 11))).level(strict))
        .isEqualTo(QualityLevel.POOR);
    assertThatThrownBy(() -> new QualityLimits(Duration.ofSeconds(2), strict.poor(), strict.fair()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tooManySourcesAreRefused() {
    assertThatThrownBy(
            () ->
                new QualityReport(Collections.nCopies(QualityReport.MAX_SOURCES + 1, up(1, 1, 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SourceQuality up(
      @Nullable Integer rtt, @Nullable Integer jitter, @Nullable Integer loss) {
    return new SourceQuality(
        SourceQuality.Direction.UP,
        MediaKind.AUDIO,
        null,
        32,
        new SourceQuality.Path(rtt, jitter, loss),
        null);
  }
}
