package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.recording.encryption.MasterKeyFile;
import heyi.recording.packaging.RecordingEvents;
import heyi.server.demo.Awaiting;
import heyi.signaling.room.Phase;
import heyi.testkit.S3ProxyProcess;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The object store is away when the server starts, and another one stands in. */
@Timeout(120)
class StoreAwayTest {
  private static final String BUCKET = "evidence";
  private static final long LOOK_AGAIN_MILLIS = 100;

  @TempDir Path folder;
  private final Vertx people = Vertx.vertx();

  @AfterEach
  void closeVertx() throws Exception {
    Waiting.on(people.close());
  }

  @Test
  @DisplayName("R26: the server starts, says what is missing, records, and uploads when it is back")
  void aStoreThatIsAwayAtTheStartIsWaitedFor() throws Exception {
    int port = S3ProxyProcess.freePort();
    Path masterKey = folder.resolve("master");
    MasterKeyFile.create(masterKey, new SecureRandom());
    try (S3ProxyProcess second = S3ProxyProcess.start(folder("second"));
        RunningHeyi heyi =
            RunningHeyi.start(folder.resolve("data"), settings(port, second, masterKey))) {
      JsonNode missing = readiness(heyi);
      assertThat(missing.path("ready").asBoolean()).as("rooms can be held").isTrue();
      assertThat(part(missing, "store").path("problem").asText()).contains("bucket " + BUCKET);
      for (String part : new String[] {"database", "bridge", "spool", "second-store"}) {
        assertThat(part(missing, part).path("ready").asBoolean()).as(part).isTrue();
      }

      String mediator = heyi.links().mediator().password().reveal();
      try (RecordedRoom room = new RecordedRoom(people, heyi.port(), mediator, 1)) {
        room.talk(1);
        awaitDiverted(heyi);
        try (S3ProxyProcess first = S3ProxyProcess.startOn(folder("first"), port)) {
          room.advance(Phase.CLOSED);
          room.see("recording", "verified");
          assertThat(first.endpoint().getPort()).isEqualTo(port);
          assertThat(part(readiness(heyi), "store").path("ready").asBoolean()).isTrue();

          String auditor = heyi.links().auditor().password().reveal();
          SealedSession sealed =
              SealedSession.open(people, heyi.port(), auditor, room.session(), folder);
          assertThat(sealed.report().findings()).isEmpty();
          assertThat(sealed.trackIds()).hasSize(4);
          assertThat(
                  RecordedTime.of(folder.resolve("evidence-" + room.session() + ".zip")).ledger())
              .anyMatch(entry -> entry.type().equals(RecordingEvents.STORED_ELSEWHERE));
        }
      }
    }
  }

  private Path folder(String name) throws Exception {
    return Files.createDirectory(folder.resolve(name));
  }

  /** Chunks wait in the spool first, then go to the second store. */
  private void awaitDiverted(RunningHeyi heyi) throws Exception {
    while (heyi.send("GET", "/metrics", null)
        .body()
        .contains("heyi_recording_diverted_objects 0")) {
      Awaiting.get(
          "time passes",
          RecordedRoom.LIMIT,
          people.timer(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS));
    }
  }

  private static JsonNode readiness(RunningHeyi heyi) throws Exception {
    RunningHeyi.Answer answer = heyi.send("GET", "/readyz", null);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static JsonNode part(JsonNode readiness, String name) {
    return StreamSupport.stream(readiness.path("parts").spliterator(), false)
        .filter(part -> part.path("part").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> settings(
      int firstPort, S3ProxyProcess second, Path masterKey) {
    Map<String, String> settings = new HashMap<>();
    settings.put("HEYI_RECORDING_STORE", "s3");
    settings.put("HEYI_RECORDING_MASTER_KEY_FILE", masterKey.toString());
    settings.put("HEYI_RECORDING_SECOND_AFTER", "PT3S");
    settings.put("HEYI_RECORDING_CONNECT_TIMEOUT", "PT2S");
    s3(settings, "HEYI_RECORDING_S3_", "http://127.0.0.1:" + firstPort);
    s3(settings, "HEYI_RECORDING_SECOND_S3_", second.endpoint().toString());
    return settings;
  }

  private static void s3(Map<String, String> settings, String prefix, String endpoint) {
    settings.put(prefix + "ENDPOINT", endpoint);
    settings.put(prefix + "BUCKET", BUCKET);
    settings.put(prefix + "ACCESS_KEY", S3ProxyProcess.IDENTITY);
    settings.put(prefix + "SECRET_KEY", S3ProxyProcess.CREDENTIAL);
  }
}
