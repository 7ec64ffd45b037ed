package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.ConferenceId;
import heyi.media.MediaKind;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingId;
import heyi.recording.capture.PacketSink;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.media.SyntheticTalker;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.sealing.TestSeals;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Words that would be found on the disk if they were kept. */
@Timeout(60)
@DisplayName("R26: what is said off the record is nowhere on the disk, and that is on record")
final class OffRecordTest {
  private static final int OPUS = 111;
  private static final int HEADER_BYTES = 12;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<PacketSink> sink = new AtomicReference<>();
  private int sequence;

  @TempDir private Path directory;

  @AfterEach
  void closeVertx() {
    await(vertx.close());
  }

  @Test
  void onlyWhatIsSaidBeforeAndAfterIsKept() throws Exception {
    Recording recording =
        await(
            service()
                .start(
                    new RecordingId("rec-1"),
                    "session-1",
                    new ConferenceId("room-1"),
                    made -> {
                      sink.set(made);
                      return Future.succeededFuture(new NoConnection());
                    }));
    RecordedSource voice =
        new SyntheticTalker("party-1", 4_000_000_000L, 1, 1).source(MediaKind.AUDIO);
    await(recording.sourceAdded(voice));

    say(voice, "before-the-secret");
    await(recording.offRecord("trade secret"));
    say(voice, "the-secret-itself");
    sink.get().rtcp(words("the-secret-report"), 0, "the-secret-report".length(), nanos());
    RecordingState meanwhile = recording.state();
    await(recording.onRecord());
    say(voice, "after-the-secret");
    await(((ActiveRecording) recording).letGo());

    assertThat(meanwhile).isEqualTo(RecordingState.RESTING);
    assertThat(onDisk("before-the-secret")).isTrue();
    assertThat(onDisk("the-secret-itself")).isFalse();
    assertThat(onDisk("the-secret-report")).isFalse();
    assertThat(onDisk("after-the-secret")).isTrue();
    List<LedgerEntry> facts =
        await(service().suspended()).stream().flatMap(left -> left.facts().stream()).toList();
    assertThat(facts)
        .extracting(LedgerEntry::type)
        .containsSubsequence(RecordingEvents.OFF_RECORD, RecordingEvents.ON_RECORD);
    assertThat(facts)
        .anyMatch(entry -> entry.payload().path("reason").asText().equals("trade secret"));
  }

  private RecordingService service() {
    ObjectStore store = new DirectoryObjectStore(directory.resolve("store"));
    return RecordingService.create(
        vertx,
        RecordingOptions.in(directory.resolve("spool")),
        store,
        TestSeals.in(store, directory),
        Clock.systemUTC(),
        OffRecordTest::nanos);
  }

  private void say(RecordedSource voice, String words) {
    sequence++;
    byte[] said = words(words);
    byte[] packet =
        ByteBuffer.allocate(HEADER_BYTES + said.length)
            .put((byte) 0x80)
            .put((byte) OPUS)
            .putShort((short) sequence)
            .putInt(960 * sequence)
            .putInt(voice.source().primary().bits())
            .put(said)
            .array();
    sink.get().rtp(packet, 0, packet.length, nanos());
  }

  private boolean onDisk(String words) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("spool"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(words)) {
          return true;
        }
      }
    }
    return false;
  }

  private static byte[] words(String words) {
    return words.getBytes(StandardCharsets.US_ASCII);
  }

  private static long nanos() {
    return System.nanoTime();
  }

  private static <T> T await(Future<T> future) {
    return future.timeout(30, TimeUnit.SECONDS).await();
  }
}
