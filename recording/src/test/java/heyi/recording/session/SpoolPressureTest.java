package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.media.ConferenceId;
import heyi.recording.RecordingId;
import heyi.recording.capture.Capture;
import heyi.recording.chunk.SpoolRoom;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.sealing.TestSeals;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectStore;
import heyi.recording.verify.EvidenceVerifier;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Other recordings fill the spool while one runs. */
@Timeout(60)
@DisplayName("R26: when there is no room everybody rests, and nothing is dropped silently")
final class SpoolPressureTest {
  private static final long LIMIT_BYTES = 1_000_000;
  private static final RecordingId ID = new RecordingId("rec-1");
  private static final ConferenceId ROOM = new ConferenceId("room-1");

  private final Vertx vertx = Vertx.vertx();
  private final Promise<String> rests = Promise.promise();
  private final Promise<Void> goesOn = Promise.promise();

  @TempDir private Path directory;

  @AfterEach
  void closeVertx() {
    await(vertx.close());
  }

  @Test
  void everybodyRestsUntilThereIsRoomAndTheLedgerSaysSo() throws IOException {
    RecordingService service = service(new SpoolRoom(LIMIT_BYTES, 0));
    Recording recording = await(service.start(ID, "session-1", ROOM, sink -> connected()));
    recording.listen(new Listener());
    Path others = Files.createDirectories(directory.resolve("spool").resolve("rec-0"));
    Path chunk = Files.write(others.resolve("000000.journal"), new byte[(int) LIMIT_BYTES]);

    assertThat(await(rests.future())).isEqualTo("spool-limit");
    assertThat(service.spoolBytes()).isGreaterThan(LIMIT_BYTES);
    RecordingId second = new RecordingId("rec-2");
    assertThatThrownBy(() -> await(service.start(second, "session-2", ROOM, sink -> connected())))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining("no room");

    Files.delete(chunk);
    await(goesOn.future());
    await(recording.close());
    Path zip = directory.resolve("evidence.zip");
    await(service.writePackage(ID, List.of(), zip));
    assertThat(EvidenceVerifier.verify(zip).findings()).isEmpty();
    List<String> ledger =
        Files.readAllLines(
            directory
                .resolve("store/objects/recordings")
                .resolve(ID.value())
                .resolve("ledger.jsonl"));
    assertThat(ledger)
        .filteredOn(line -> line.contains(RecordingEvents.PAUSED))
        .singleElement()
        .asString()
        .contains("\"cause\":\"spool-limit\"");
    assertThat(ledger).filteredOn(line -> line.contains(RecordingEvents.RESUMED)).hasSize(1);
  }

  @Test
  void theDiskMustHaveSomethingLeft() {
    SpoolRoom room = new SpoolRoom(LIMIT_BYTES, 1_000);

    assertThat(room.pressure(new SpoolRoom.Level(LIMIT_BYTES, 1_000))).isEmpty();
    assertThat(room.pressure(new SpoolRoom.Level(0, 999))).contains("disk-full");
    assertThat(room.relieved(new SpoolRoom.Level(0, 1_001))).as("not by a hair").isFalse();
    assertThat(room.relieved(new SpoolRoom.Level(0, 1_200))).isTrue();
    assertThatThrownBy(() -> new SpoolRoom(0, 0)).hasMessageContaining("limit must be positive");
  }

  private RecordingService service(SpoolRoom room) {
    RecordingOptions defaults = RecordingOptions.in(directory.resolve("spool"));
    RecordingOptions small =
        new RecordingOptions(
            defaults.spool(),
            defaults.chunkLength(),
            defaults.journalBufferBytes(),
            defaults.connectTimeout(),
            defaults.uploadTimeout(),
            defaults.workerDeadline(),
            defaults.workerMemoryMegabytes(),
            room);
    ObjectStore store = new DirectoryObjectStore(directory.resolve("store"));
    return RecordingService.create(
        vertx, small, store, TestSeals.in(store, directory), Clock.systemUTC());
  }

  private static Future<Capture> connected() {
    return Future.succeededFuture(new NoConnection());
  }

  private static <T> T await(Future<T> future) {
    return future.timeout(30, TimeUnit.SECONDS).await();
  }

  private final class Listener implements RecordingListener {
    @Override
    public void onState(RecordingState state, String reason) {
      if (state == RecordingState.STALLED) {
        rests.tryComplete(reason);
      } else if (rests.future().isComplete()) {
        goesOn.tryComplete();
      }
    }
  }
}
