package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.recording.packaging.RecordingEvents;
import heyi.server.bench.ChildServer;
import heyi.server.demo.Awaiting;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers in processes of their own that are stopped, one orderly and one not, in mid-talk. {@link
 * FaultTest} has those whose session goes on.
 */
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
  @DisplayName(
      "R26: TERM seals before the end; a kill after which nobody comes back, at the next start")
  void whatWasRecordedIsSealedAndVerifiable() throws Exception {
    Path data = folder.resolve("data");
    String finished;
    try (ChildServer server = ChildServer.start(data);
        RecordedRoom room = talking(server)) {
      finished = room.session();
      assertThat(server.terminate()).isZero();
    }
    assertThat(data.resolve("spool")).isEmptyDirectory();

    String killed;
    try (ChildServer server = ChildServer.start(data);
        RecordedRoom room = talking(server)) {
      killed = room.session();
      server.kill();
    }
    assertThat(data.resolve("spool").resolve(killed + "-1")).isNotEmptyDirectory();

    try (ChildServer server =
        ChildServer.start(data, Map.of("HEYI_RECORDING_RESUME_WITHIN", "PT0.1S"))) {
      SealedSession.awaitSealed(people, server.port(), server.auditorPassword(), killed);
      assertThat(data.resolve("spool")).isEmptyDirectory();
      finishedInOrder(open(server, finished));
      sealedAsInterrupted(open(server, killed));
    }
  }

  private static void finishedInOrder(SealedSession sealed) {
    assertThat(sealed.state()).isEqualTo("SEALED");
    assertThat(sealed.report().findings()).isEmpty();
    assertThat(sealed.report().disclosed()).isEmpty();
    assertThat(sealed.trackIds()).hasSize(4);
  }

  private static void sealedAsInterrupted(SealedSession sealed) {
    assertThat(sealed.report().findings()).isEmpty();
    assertThat(sealed.report().disclosed())
        .anyMatch(line -> line.en().startsWith(RecordingEvents.INTERRUPTED));
    assertThat(sealed.trackIds()).hasSize(4);
    assertThat(sealed.replay().path("durationMs").asLong()).isGreaterThan(2_000);
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
