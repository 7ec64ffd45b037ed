package heyi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrackFileTest {
  @ParameterizedTest
  @CsvSource({
    "video/webm, 288000000, 7200, 200000", // a camera at 320 kbit/s: five seconds
    "video/webm, 1800000000, 7200, 1048576", // at 2 Mbit/s: no more than the most
    "video/webm, 90000000, 7200, 196608", // at 100 kbit/s: ten seconds between its keyframes
    "audio/webm, 28800000, 7200, 65536", // a microphone: no less than the least
    "audio/webm, 500, 0, 65536",
  })
  void fiveSecondsComeAtOnce(String type, long sizeBytes, long seconds, long promptBytes) {
    assertThat(track(type, sizeBytes, seconds).pace().prompt()).isEqualTo(promptBytes);
  }

  @ParameterizedTest
  @CsvSource({
    "video/webm, 288000000, 7200, 65536", // some 5 Mbit/s, sixteen times as fast as it plays
    "video/webm, 1800000000, 7200, 250000", // ten times
    "audio/webm, 28800000, 7200, 65536",
  })
  void theRestComesAtLeastTenTimesAsFastAsItPlays(
      String type, long sizeBytes, long seconds, long stepBytes) {
    assertThat(track(type, sizeBytes, seconds).pace().step()).isEqualTo(stepBytes);
  }

  @Test
  void aPieceLastsLessThanHalfASecond() {
    TrackFile track = track("video/webm", 288_000_000, 7200);

    assertThat(track.pieceBytes()).isEqualTo(200_000 + 4 * 65_536);
    assertThat(ByteStream.Pace.EVERY.multipliedBy(4)).isLessThan(Duration.ofMillis(500));
  }

  private static TrackFile track(String type, long sizeBytes, long seconds) {
    return new TrackFile(
        new RangedObject("key", type, sizeBytes, "00"), Duration.ofSeconds(seconds));
  }
}
