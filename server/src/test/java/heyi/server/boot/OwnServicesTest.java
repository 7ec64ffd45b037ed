package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.MediaKind;
import heyi.recording.encryption.MasterKeyFile;
import heyi.recording.ledger.LedgerEntry;
import heyi.server.demo.Awaiting;
import heyi.signaling.room.Phase;
import heyi.testkit.S3ProxyProcess;
import io.vertx.core.Vertx;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator runs himself dies: his PostgreSQL in mid-talk, his store at the close. */
@Timeout(180)
class OwnServicesTest {
  private static final String BUCKET = "evidence";
  private static final String WHY = "涉及商业秘密";

  /** Longer than the shortest hole that is told. */
  private static final Duration OFF_RECORD = Duration.ofMillis(1_500);

  private static final Duration GONE_WITHIN = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final Vertx people = Vertx.vertx();

  @AfterEach
  void closeVertx() throws Exception {
    Waiting.on(people.close());
  }

  @Test
  @DisplayName("R26: a session outlives its database, and is sealed when the store is back")
  void nothingIsLostWithTheOperatorsOwnServices() throws Exception {
    int storePort = S3ProxyProcess.freePort();
    int databasePort = S3ProxyProcess.freePort();
    EmbeddedPostgres first = database(databasePort);
    try (RunningHeyi heyi =
        RunningHeyi.start(folder.resolve("data"), settings(storePort, databasePort))) {
      String mediator = heyi.links().mediator().password().reveal();
      try (RecordedRoom room = new RecordedRoom(people, heyi.port(), mediator, 1)) {
        room.talk(1);
        talkOffTheRecord(room);
        kill(first);
        room.mediator().room().mute(MediaKind.VIDEO, true);
        room.advance(Phase.READBACK);
        try (EmbeddedPostgres again = database(databasePort)) {
          assertThat(again.getPort()).isEqualTo(databasePort);
          room.advance(Phase.CLOSED);
          room.see("recording", "failed");
          try (S3ProxyProcess store =
              S3ProxyProcess.startOn(Files.createDirectory(folder.resolve("s3")), storePort)) {
            assertThat(store.endpoint().getPort()).isEqualTo(storePort);
            room.see("recording", "verified");
            nothingIsMissing(heyi, room);
          }
        }
      }
    }
  }

  /** 法释〔2017〕5号 art. 3; in the room and in the record, with bots that go on talking. */
  private void talkOffTheRecord(RecordedRoom room) {
    room.mediator().room().offRecord(WHY);
    room.see("recording", "off-record");
    Awaiting.get(
        "time passes",
        RecordedRoom.LIMIT,
        people.timer(OFF_RECORD.toMillis(), TimeUnit.MILLISECONDS));
    room.advance(Phase.JOINT);
    room.see("recording", "receiving");
  }

  private void nothingIsMissing(RunningHeyi heyi, RecordedRoom room) throws Exception {
    String auditor = heyi.links().auditor().password().reveal();
    SealedSession sealed = SealedSession.open(people, heyi.port(), auditor, room.session(), folder);
    assertThat(sealed.state()).isEqualTo("SEALED");
    assertThat(sealed.report().findings()).isEmpty();
    assertThat(sealed.trackIds()).hasSize(4);
    List<String> told = sealed.replay().path("events").findValuesAsText("type");
    assertThat(told).containsSubsequence("mute-changed", "phase-changed", "room-closed");
    List<LedgerEntry> ledger =
        RecordedTime.of(folder.resolve("evidence-" + room.session() + ".zip")).ledger();
    assertThat(ledger)
        .filteredOn(entry -> entry.payload().path("cause").asText().equals("off-record"))
        .as("sound and picture of both")
        .hasSize(4)
        .allMatch(entry -> entry.payload().path("reason").asText().equals(WHY));
  }

  /** The same one on the same port, whether it was there before or not. */
  private EmbeddedPostgres database(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("postgres"))
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", "on")
        .setPort(port)
        .start();
  }

  /** As kill -9 does: the postmaster first, then what it leaves. */
  private void kill(EmbeddedPostgres database) throws Exception {
    long pid =
        Long.parseLong(
            Files.readAllLines(folder.resolve("postgres/postmaster.pid")).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> children = postmaster.children().toList();
    postmaster.destroyForcibly();
    postmaster.onExit().get(GONE_WITHIN.toSeconds(), TimeUnit.SECONDS);
    for (ProcessHandle child : children) {
      child.destroyForcibly();
      child.onExit().get(GONE_WITHIN.toSeconds(), TimeUnit.SECONDS);
    }
    database.close(); // gives its lock back
  }

  private Map<String, String> settings(int storePort, int databasePort) throws Exception {
    Path masterKey = folder.resolve("master");
    MasterKeyFile.create(masterKey, new SecureRandom());
    Map<String, String> settings = new HashMap<>();
    settings.put("HEYI_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres");
    settings.put("HEYI_DATABASE_TIMEOUT", "PT2S");
    settings.put("HEYI_RECORDING_STORE", "s3");
    settings.put("HEYI_RECORDING_MASTER_KEY_FILE", masterKey.toString());
    settings.put("HEYI_RECORDING_CLOSE_WAITS", "PT1S");
    settings.put("HEYI_RECORDING_S3_ENDPOINT", "http://127.0.0.1:" + storePort);
    settings.put("HEYI_RECORDING_S3_BUCKET", BUCKET);
    settings.put("HEYI_RECORDING_S3_ACCESS_KEY", S3ProxyProcess.IDENTITY);
    settings.put("HEYI_RECORDING_S3_SECRET_KEY", S3ProxyProcess.CREDENTIAL);
    settings.put("HEYI_SEAL_RETRY_INTERVAL", "PT1S");
    return settings;
  }
}
