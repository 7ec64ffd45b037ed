package heyi.server.quality;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.signaling.quality.QualityLevel;
import heyi.signaling.quality.QualityReport;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.SeatId;
import heyi.signaling.socket.SeatQuality;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityJsonTest {
  private static final RoomId ROOM = new RoomId("session-abc");

  @Test
  void whatIsMeasuredInACaucusIsKeptWithItsSession() {
    assertThat(sessionOf(ROOM)).isEqualTo(ROOM.value());
    assertThat(sessionOf(ROOM.caucus(2))).isEqualTo(ROOM.value());
  }

  private static String sessionOf(RoomId room) {
    SeatQuality quality =
        new SeatQuality(
            room,
            Instant.EPOCH,
            new SeatId("party-1"),
            QualityLevel.GOOD,
            new QualityReport(List.of()));
    return QualityJson.row(quality).sessionId();
  }
}
