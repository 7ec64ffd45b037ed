package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.server.boot.RunningHeyi.Answer;
import heyi.server.demo.Awaiting;
import heyi.server.demo.ScriptedParticipant;
import heyi.signaling.room.Phase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sealed session in a directory, into which somebody reaches. */
@Timeout(180)
class ReconciliationTest {
  private static final String PATH = "/api/operator/reconciliation";

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void closeVertx() throws Exception {
    Waiting.on(vertx.close());
  }

  @Test
  @DisplayName("R26: what is not in the store as it was recorded is found and named")
  void everyDifferenceIsFoundAndNamed() throws Exception {
    Path data = folder.resolve("data");
    try (RunningHeyi heyi = RunningHeyi.start(data)) {
      String operator = heyi.login(heyi.links().operator());
      assertThat(get(heyi, operator)).isEmpty();
      String session = sealedSession(heyi);

      JsonNode good = run(heyi, operator);
      assertThat(good.path("differences")).isEmpty();
      assertThat(good.path("sessions").asInt()).isOne();
      assertThat(good.path("objects").asInt()).isGreaterThan(6);
      assertThat(get(heyi, operator)).isEqualTo(good);

      Path recording = data.resolve("objects/objects/recordings").resolve(session + "-1");
      flipOneByte(recording.resolve("chunks/000000.journal"));
      Path gone = anyTrack(recording.resolve("tracks"));
      Files.delete(gone);
      Files.write(recording.resolve("chunks/000099.journal"), new byte[] {1});

      List<String> found =
          run(heyi, operator).path("differences").findValuesAsText("object").stream()
              .map(object -> object.substring(object.lastIndexOf('/') + 1))
              .toList();
      assertThat(found)
          .containsExactlyInAnyOrder(
              "000000.journal", gone.getFileName().toString(), "000099.journal");
      assertThat(heyi.send("GET", "/metrics", null).body())
          .contains("heyi_reconciliation_differences 3.0");
    }
  }

  @Test
  void onlyAnOperatorMay() throws Exception {
    try (RunningHeyi heyi = RunningHeyi.start(folder.resolve("data"))) {
      String mediator = heyi.login(heyi.links().mediator());

      assertThat(heyi.send("POST", PATH, "", "Cookie", mediator).status()).isEqualTo(403);
      assertThat(heyi.send("GET", PATH, null, "Cookie", mediator).status()).isEqualTo(403);
      assertThat(heyi.send("POST", PATH, "").status()).isEqualTo(401);
    }
  }

  private String sealedSession(RunningHeyi heyi) {
    try (RecordedRoom room =
        new RecordedRoom(vertx, heyi.port(), heyi.links().mediator().password().reveal(), 1)) {
      room.talk(1);
      Awaiting.get(
          "talked for a while",
          RecordedRoom.LIMIT,
          room.mediator().media(ScriptedParticipant.seesAndHears(1)));
      room.advance(Phase.CLOSED);
      room.see("recording", "verified");
      return room.session();
    }
  }

  private static JsonNode run(RunningHeyi heyi, String operator) throws Exception {
    Answer answer = heyi.send("POST", PATH, "", "Cookie", operator);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static JsonNode get(RunningHeyi heyi, String operator) throws Exception {
    return heyi.send("GET", PATH, null, "Cookie", operator).json();
  }

  private static void flipOneByte(Path file) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(100);
      int before = open.read();
      open.seek(100);
      open.write(before ^ 1);
    }
  }

  private static Path anyTrack(Path tracks) throws IOException {
    try (Stream<Path> files = Files.list(tracks)) {
      return files.sorted().findFirst().orElseThrow();
    }
  }
}
