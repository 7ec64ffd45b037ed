package heyi.signaling.socket;

import static heyi.signaling.socket.Page.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.signaling.quality.QualityLevel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The quality that a page measures")
@Timeout(60)
class RoomQualityTest {
  @Test
  void isKeptAndShownToHimselfAndToTheMediator() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var mediator = room.joined("m");
      var page = room.joined("1");

      page.say(report(300, 5));

      var kept = room.nextQuality();
      assertThat(kept.seat().value()).isEqualTo("party-1");
      assertThat(kept.level()).isEqualTo(QualityLevel.FAIR);
      assertThat(kept.report().sources().getFirst().bitrateKbps()).isEqualTo(32);
      for (Page shown : new Page[] {page, mediator}) {
        var quality = shown.next("quality");
        assertThat(quality.path("seatId").asText()).isEqualTo("party-1");
        assertThat(quality.path("level").asText()).isEqualTo("fair");
        assertThat(quality.path("rttMs").asInt()).isEqualTo(300);
      }
    }
  }

  @Test
  void isNotShownToOtherParties() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var other = room.joined("2");
      var page = room.joined("1");
      page.say(report(10, 0));
      page.next("quality");

      other.say(message("ping"));

      for (var heard = other.next(); ; heard = other.next()) {
        assertThat(heard.path("type").asText()).isNotEqualTo("quality");
        if ("pong".equals(heard.path("type").asText())) {
          return;
        }
      }
    }
  }

  @Test
  void comesNowAndThenOnly() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var page = room.joined("1");
      page.say(report(10, 0));
      page.next("quality");

      page.say(report(10, 0));

      var error = page.next("error");
      assertThat(error.path("code").asText()).isEqualTo("too-many-messages");
      assertThat(error.path("retryAfterMs").asLong())
          .isEqualTo(RoomFixture.PATIENT.quality().reportEvery().toMillis());
    }
  }

  private static ObjectNode report(int rttMs, int lossPermille) {
    var report = message("quality").put("id", "q");
    report
        .putArray("sources")
        .addObject()
        .put("direction", "up")
        .put("kind", "audio")
        .put("bitrateKbps", 32)
        .put("rttMs", rttMs)
        .put("lossPermille", lossPermille);
    return report;
  }
}
