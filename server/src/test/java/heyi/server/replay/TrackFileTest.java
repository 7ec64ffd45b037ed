package heyi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A piece of a track")
final class TrackFileTest {
  @ParameterizedTest
  @CsvSource({
    "252000000, 7200, 175000", // a camera at 280 kbit/s: five seconds
    "1800000000, 7200, 1048576", // at 2 Mbit/s: no more than the most
    "28800000, 7200, 65536", // a microphone: no less than the least
    "500, 0, 65536",
  })
  void isFiveSecondsLongWithinItsBounds(long sizeBytes, long seconds, long pieceBytes) {
    RangedObject object = new RangedObject("key", "video/webm", sizeBytes, "00");

    assertThat(new TrackFile(object, Duration.ofSeconds(seconds)).pieceBytes())
        .isEqualTo(pieceBytes);
  }
}
