package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.server.bench.ChildServer;
import heyi.server.demo.ApiClient;
import heyi.server.demo.Awaiting;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process of its own that is stopped in mid-talk; {@link FaultTest} kills it. */
@Timeout(240)
@DisplayName("R26: stopping the server loses no recording")
class StoppedWhileRecordingTest {
  /** More than one chunk of two seconds, so that a kill finds stored and open ones. */
  private static final int KEYFRAMES_TO_SEE = 3 * 2;

  @TempDir Path folder;
  private final Vertx people = Vertx.vertx();

  @AfterEach
  void closeVertx() throws Exception {
    Waiting.on(people.close());
  }

  @Test
  @DisplayName("R26: TERM in mid-talk, and in a caucus, seals before the end")
  void whatWasRecordedIsSealedAndVerifiable() throws Exception {
    Path data = folder.resolve("data");
    String finished;
    String inCaucus;
    try (ChildServer server = ChildServer.start(data, ShortLived.JAVA);
        RecordedRoom room = talking(server);
        RecordedRoom apart =
            new RecordedRoom(people, server.port(), server.mediatorPassword(), 1)) {
      finished = room.session();
      inCaucus = apart.session();
      apart.talk(1);
      apart.talkApart();
      assertThat(server.terminate()).isZero();
    }
    assertThat(data.resolve("spool")).isEmptyDirectory();

    try (ChildServer server = ChildServer.start(data, ShortLived.JAVA)) {
      SealedSession sealed = open(server, finished);
      assertThat(sealed.state()).isEqualTo("SEALED");
      assertThat(sealed.report().findings()).isEmpty();
      assertThat(sealed.report().disclosed()).isEmpty();
      assertThat(sealed.trackIds()).hasSize(4);
      caucusIsSealed(server, inCaucus);
    }
  }

  private void caucusIsSealed(ChildServer server, String session) throws Exception {
    SealedSession joint = open(server, session);
    assertThat(joint.state()).isEqualTo("SEALED");
    assertThat(joint.report().findings()).isEmpty();
    try (ApiClient auditor = new ApiClient(people, RecordedRoom.HOST, server.port())) {
      auditor.login("auditor", server.auditorPassword());
      JsonNode sealed = auditor.get("/api/sessions/" + session + "/unsealings").path("recordings");
      assertThat(sealed).hasSize(1);
      assertThat(sealed.get(0).path("tracks")).hasSize(4);
    }
  }

  private RecordedRoom talking(ChildServer server) throws Exception {
    RecordedRoom room = new RecordedRoom(people, server.port(), server.mediatorPassword(), 1);
    room.talk(1);
    seenForAWhile(room);
    return room;
  }

  private static void seenForAWhile(RecordedRoom room) {
    Awaiting.get(
        "talked for a while",
        RecordedRoom.LIMIT,
        room.mediator()
            .media(
                seen ->
                    seen.received().values().stream()
                        .anyMatch(source -> source.keyframes() >= KEYFRAMES_TO_SEE)));
  }

  private SealedSession open(ChildServer server, String session) throws Exception {
    return SealedSession.open(
        people, server.port(), server.auditorPassword(), session, Files.createDirectories(folder));
  }
}
