package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.VerificationReport;
import heyi.server.demo.ApiClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** What an auditor finds of a session: the replay, and the package checked offline. */
record SealedSession(JsonNode replay, VerificationReport report) {
  private static final long ASK_AGAIN_MILLIS = 200;

  static SealedSession open(
      Vertx vertx, int port, String auditorPassword, String session, Path folder)
      throws IOException {
    try (ApiClient auditor = new ApiClient(vertx, RecordedRoom.HOST, port)) {
      auditor.login("auditor", auditorPassword);
      String path = "/api/sessions/" + session;
      JsonNode replay = auditor.get(path);
      Path zip = folder.resolve("evidence-" + session + ".zip");
      Files.write(zip, auditor.bytes(path + "/package"));
      return new SealedSession(replay, EvidenceVerifier.verify(zip));
    }
  }

  /** Waits until the session is sealed; a server in another process tells it only when asked. */
  static void awaitSealed(Vertx vertx, int port, String auditorPassword, String session) {
    try (ApiClient auditor = new ApiClient(vertx, RecordedRoom.HOST, port)) {
      auditor.login("auditor", auditorPassword);
      Instant limit = Clock.systemUTC().instant().plus(RecordedRoom.LIMIT);
      String path = "/api/sessions/" + session;
      while (!auditor.get(path).path("state").asText().equals("SEALED")) {
        assertThat(Clock.systemUTC().instant()).as("session sealed").isBefore(limit);
        vertx.timer(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS).await();
      }
    }
  }

  String state() {
    return replay.path("state").asText();
  }

  List<String> trackIds() {
    return StreamSupport.stream(replay.path("tracks").spliterator(), false)
        .map(track -> track.path("trackId").asText())
        .toList();
  }
}
