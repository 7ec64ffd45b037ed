package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.server.bench.ChildServer;
import heyi.server.demo.ApiClient;
import heyi.server.demo.Awaiting;
import heyi.server.demo.PlayFailedException;
import heyi.signaling.room.Phase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process of its own is killed in the middle of a disposal. */
@Timeout(240)
class KilledDisposalTest {
  private static final Map<String, String> DUE_AT_ONCE =
      Map.of("HEYI_RECORDING_RETENTION_PERIOD", "PT0S");

  /** More than one chunk of two seconds. */
  private static final int KEYFRAMES_TO_SEE = 3 * 2;

  private static final long ASK_AGAIN_MILLIS = 100;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void closeVertx() throws Exception {
    Waiting.on(vertx.close());
  }

  @Test
  @DisplayName(
      "a disposal that was killed is finished at the next start, and seen by nobody between")
  void itIsFinishedAtTheNextStart() throws Exception {
    Path data = folder.resolve("data");
    String session;
    Path recording;
    try (ChildServer server = ChildServer.start(data, DUE_AT_ONCE)) {
      session = sealedSession(server);
      recording = data.resolve("objects/objects/recordings").resolve(session + "-1");
      standInTheWay(data, session);
      agree(server, session);
      awaitDisposal(server, session, disposal -> disposal.path("waitsForStore").asBoolean());
      assertHalfGone(recording);
      assertThatThrownBy(() -> open(server, session))
          .isInstanceOf(PlayFailedException.class)
          .hasMessageContaining("410");
      server.kill();
    }

    try (ChildServer server = ChildServer.start(data, DUE_AT_ONCE)) {
      awaitDisposal(server, session, one -> one.path("state").asText().equals("DONE"));

      assertThat(recording.resolve("tombstone.json")).exists();
      assertThat(recording.resolve("ledger.jsonl")).doesNotExist();
      assertThat(filesBelow(recording.resolve("chunks"))).isZero();
      assertThat(filesBelow(recording.resolve("tracks"))).isZero();
      assertThatThrownBy(() -> open(server, session)).hasMessageContaining("410");
    }
  }

  /** The facts of the second object that goes cannot be removed: a disk that refuses. */
  private static void standInTheWay(Path data, String session) throws IOException {
    Path facts = data.resolve("objects/facts/recordings").resolve(session + "-1");
    Path second = facts.resolve("chunks/000001.journal");
    Files.delete(second);
    Files.createFile(Files.createDirectory(second).resolve("in-the-way"));
  }

  private static void assertHalfGone(Path recording) throws IOException {
    assertThat(recording.resolve("chunks/000000.journal")).doesNotExist();
    assertThat(recording.resolve("ledger.jsonl")).exists();
    assertThat(filesBelow(recording.resolve("tracks"))).isPositive();
    assertThat(recording.resolve("tombstone.json")).doesNotExist();
  }

  private static long filesBelow(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  private void agree(ChildServer server, String session) throws IOException {
    String path = "/api/sessions/" + session + "/disposal";
    try (ApiClient clerk = clerk(server);
        ApiClient auditor = auditor(server)) {
      clerk.post(path, ApiClient.object().put("reason", "保管期限届满"));
      auditor.post(path + "/decision", ApiClient.object().put("approved", true));
    }
  }

  private void awaitDisposal(ChildServer server, String session, Predicate<JsonNode> wanted)
      throws IOException {
    Instant limit = Clock.systemUTC().instant().plus(RecordedRoom.LIMIT);
    try (ApiClient clerk = clerk(server)) {
      String caseId = caseOf(clerk, session);
      while (true) {
        JsonNode custody = clerk.get("/api/cases/" + caseId + "/custody");
        if (wanted.test(custody.at("/sessions/0/disposal"))) {
          return;
        }
        assertThat(Clock.systemUTC().instant()).as(custody.toString()).isBefore(limit);
        vertx.timer(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS).await();
      }
    }
  }

  private static String caseOf(ApiClient clerk, String session) {
    for (JsonNode found : clerk.get("/api/sessions").path("sessions")) {
      if (found.path("sessionId").asText().equals(session)) {
        return found.path("caseId").asText();
      }
    }
    throw new AssertionError("no session " + session);
  }

  private JsonNode open(ChildServer server, String session) throws IOException {
    try (ApiClient auditor = auditor(server)) {
      return auditor.get("/api/sessions/" + session);
    }
  }

  private ApiClient clerk(ChildServer server) throws IOException {
    ApiClient clerk = new ApiClient(vertx, RecordedRoom.HOST, server.port());
    clerk.login("clerk", server.clerkPassword());
    return clerk;
  }

  private ApiClient auditor(ChildServer server) throws IOException {
    ApiClient auditor = new ApiClient(vertx, RecordedRoom.HOST, server.port());
    auditor.login("auditor", server.auditorPassword());
    return auditor;
  }

  private String sealedSession(ChildServer server) throws IOException {
    try (RecordedRoom room = new RecordedRoom(vertx, server.port(), server.mediatorPassword(), 1)) {
      room.talk(1);
      Awaiting.get(
          "talked for a while",
          RecordedRoom.LIMIT,
          room.mediator()
              .media(
                  seen ->
                      seen.received().values().stream()
                          .anyMatch(source -> source.keyframes() >= KEYFRAMES_TO_SEE)));
      room.advance(Phase.CLOSED);
      room.see("recording", "verified");
      return room.session();
    }
  }
}
