package heyi.signaling.socket;

import static heyi.signaling.socket.Page.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.signaling.room.RoomEvent.TranscriptWritten;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The transcript on everybody's page")
@Timeout(60)
class RoomTranscriptSocketTest {
  @Test
  void aLineIsReadByAllAtOnceWithoutAWholeState() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var mediator = opened(room);
      var party = room.joined("1");

      mediator.say(line("k-1", "被申请人承认欠款。").put("speaker", "party-1").put("begunMsAgo", 0));

      for (Page page : List.of(mediator, party)) {
        var told = page.next("transcript");
        assertThat(told.path("size").asInt()).isOne();
        var entry = told.path("entries").path(0);
        assertThat(entry.path("kind").asText()).isEqualTo("line");
        assertThat(entry.path("text").asText()).isEqualTo("被申请人承认欠款。");
        assertThat(entry.path("speaker").asText()).isEqualTo("party-1");
        assertThat(entry.path("by").asText()).isEqualTo("mediator");
      }
      assertThat(room.next(TranscriptWritten.class).entry().number()).isOne();
      party.say(message("ping"));
      assertThat(party.next().path("type").asText()).isEqualTo("pong");
    }
  }

  @Test
  void whoComesLaterAsksForWhatHeLacks() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var mediator = opened(room);
      var longest = "字".repeat(500);
      for (int i = 1; i <= 25; i++) {
        mediator.say(line("k-" + i, longest));
        mediator.next("transcript");
      }

      var late = room.page();
      late.say(Page.join("1", false));
      var size = late.next("welcome").path("state").path("transcriptSize").asInt();

      assertThat(size).isEqualTo(25);
      var numbers = new ArrayList<Integer>();
      while (numbers.size() < size) {
        late.say(message("transcript-since").put("after", numbers.size()));
        var page = late.next("transcript");
        assertThat(page.toString().length()).isLessThan(32 * 1024);
        assertThat(page.path("size").asInt()).isEqualTo(25);
        for (JsonNode entry : page.path("entries")) {
          numbers.add(entry.path("number").asInt());
        }
      }
      assertThat(numbers).hasSize(25).isSorted().doesNotHaveDuplicates();
      late.say(message("transcript-since").put("after", 25));
      assertThat(late.next("transcript").path("entries")).isEmpty();
    }
  }

  @Test
  void badInputIsRefusedAndChangesNothing() throws Exception {
    try (var room = new RoomFixture(RoomFixture.PATIENT)) {
      var mediator = opened(room);
      var party = room.joined("1");

      party.say(line("k-1", "我自己写。"));
      assertThat(party.nextError()).isEqualTo("not-allowed");
      mediator.say(line("k-1", "第一行\n第二行"));
      assertThat(mediator.nextError()).isEqualTo("malformed");
      mediator.say("{\"type\":\"transcript-line\",\"key\":\"k-1\",\"text\":\"half \\ud800\"}");
      assertThat(mediator.nextError()).isEqualTo("malformed");
      mediator.say(line("k-1", "字".repeat(501)));
      assertThat(mediator.nextError()).isEqualTo("too-large");
      mediator.say(line("k-1", "好").put("speaker", "party-9"));
      assertThat(mediator.nextError()).isEqualTo("unknown-seat");
      mediator.say(message("transcript-strike").put("replaces", 1).put("reason", "误记"));
      assertThat(mediator.nextError()).isEqualTo("unknown-line");
      party.say(message("transcript-reading").put("upTo", 1));
      assertThat(party.nextError()).isEqualTo("wrong-phase");

      mediator.say(message("transcript-since").put("after", 0));
      assertThat(mediator.next("transcript").path("size").asInt()).isZero();
    }
  }

  private static Page opened(RoomFixture room) throws Exception {
    var mediator = room.joined("m");
    mediator.say(message("advance").put("to", "OPENING"));
    mediator.stateWith("phase", "OPENING");
    return mediator;
  }

  private static ObjectNode line(String key, String text) {
    return message("transcript-line").put("key", key).put("text", text);
  }
}
