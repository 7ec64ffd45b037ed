package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.ConferenceId;
import heyi.media.MediaKind;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingId;
import heyi.recording.capture.PacketSink;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerReader;
import heyi.recording.media.SyntheticTalker;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.sealing.TestSeals;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Words that would be found in the store if they were kept. */
@Timeout(60)
@DisplayName("R26: what is said off the record is in nothing that is stored, and that is on record")
final class OffRecordTest {
  private static final int OPUS = 111;
  private static final int HEADER_BYTES = 12;

  private static final int PACKETS_PER_SECOND = 50;
  private static final int TICKS_PER_PACKET = 48_000 / PACKETS_PER_SECOND;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<PacketSink> sink = new AtomicReference<>();

  /** What this test calls now: it takes no longer than it has to. */
  private final AtomicLong nanos = new AtomicLong();

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

    say(voice, "before-the-secret", 0, 2);
    await(recording.offRecord("trade secret"));
    say(voice, "the-secret-itself", 2, 5);
    sink.get().rtcp(words("the-secret-report"), 0, "the-secret-report".length(), nanos.get());
    RecordingState meanwhile = recording.state();
    await(recording.onRecord());
    say(voice, "after-the-secret", 5, 7);
    SealedRecording sealed = await(recording.close());

    assertThat(meanwhile).isEqualTo(RecordingState.RESTING);
    assertThat(stored("before-the-secret")).isTrue();
    assertThat(stored("the-secret-itself")).isFalse();
    assertThat(stored("the-secret-report")).isFalse();
    assertThat(stored("after-the-secret")).isTrue();
    List<LedgerEntry> ledger = ledger(sealed);
    assertThat(ledger)
        .extracting(LedgerEntry::type)
        .containsSubsequence(RecordingEvents.OFF_RECORD, RecordingEvents.ON_RECORD);
    assertThat(ledger)
        .filteredOn(entry -> entry.type().equals(RecordingEvents.SOURCE_GAP))
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.payload().path("cause").asText()).isEqualTo("off-record");
              assertThat(gap.payload().path("reason").asText()).isEqualTo("trade secret");
              assertThat(gap.payload().path("fromMillis").asLong()).isBetween(1_900L, 2_100L);
              assertThat(gap.payload().path("toMillis").asLong()).isBetween(4_900L, 5_100L);
            });
  }

  private List<LedgerEntry> ledger(SealedRecording sealed) throws IOException {
    ObjectStore store = new DirectoryObjectStore(directory.resolve("store"));
    try (InputStream in =
        store.read(StoreLayout.ledger(StoreLayout.root(sealed.recordingClass(), sealed.id())))) {
      return LedgerReader.read(in.readAllBytes()).entries();
    }
  }

  private RecordingService service() {
    ObjectStore store = new DirectoryObjectStore(directory.resolve("store"));
    return RecordingService.create(
        vertx,
        RecordingOptions.in(directory.resolve("spool")),
        store,
        TestSeals.in(store, directory),
        () -> START.plusNanos(nanos.get()),
        nanos::get);
  }

  private void say(RecordedSource voice, String words, int fromSecond, int toSecond) {
    byte[] said = words(words);
    for (int i = fromSecond * PACKETS_PER_SECOND; i < toSecond * PACKETS_PER_SECOND; i++) {
      byte[] packet =
          ByteBuffer.allocate(HEADER_BYTES + said.length)
              .put((byte) 0x80)
              .put((byte) OPUS)
              .putShort((short) i)
              .putInt(i * TICKS_PER_PACKET)
              .putInt(voice.source().primary().bits())
              .put(said)
              .array();
      nanos.set(i * NANOS_PER_SECOND / PACKETS_PER_SECOND);
      sink.get().rtp(packet, 0, packet.length, nanos.get());
    }
    nanos.set(toSecond * NANOS_PER_SECOND);
  }

  private boolean stored(String words) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (holds(file, words)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The spool goes while this looks: what is in it was stored before. */
  private static boolean holds(Path file, String words) throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(words);
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  private static byte[] words(String words) {
    return words.getBytes(StandardCharsets.US_ASCII);
  }

  private static <T> T await(Future<T> future) {
    return future.timeout(30, TimeUnit.SECONDS).await();
  }
}
