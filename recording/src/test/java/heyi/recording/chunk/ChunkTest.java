package heyi.recording.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ObjectKey;
import heyi.recording.RecordingId;
import heyi.recording.SessionClock;
import heyi.recording.Sha256;
import heyi.recording.journal.JournalBuffer;
import heyi.recording.journal.JournalReader;
import heyi.recording.journal.JournalRecord;
import heyi.recording.journal.RecordKind;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ForwardingStore;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import heyi.recording.store.StoredObject;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chunks are chained, survive a kill, and reach the store however often it fails. */
final class ChunkTest {
  private static final RecordingId ID = new RecordingId("rec-1");
  private static final int PACKET_BYTES = 100;

  @TempDir private Path directory;

  private final AtomicLong nanos = new AtomicLong();
  private final SessionClock clock =
      SessionClock.startingAt(Instant.parse("2026-11-21T01:00:00Z"), nanos::get);
  private final JournalBuffer buffer = new JournalBuffer(10_000);
  private Spool spool = new Spool(Path.of(""));

  @BeforeEach
  void makeSpool() throws IOException {
    spool = Spool.of(directory.resolve("spool"), ID);
    spool.create();
  }

  @Test
  void eachChunkNamesTheHashOfTheOneBefore() throws IOException {
    try (ChunkWriter writer = new ChunkWriter(spool, ID, clock)) {
      SealedChunk first = chunk(writer);
      SealedChunk second = chunk(writer);

      assertThat(first.previous()).isEqualTo(Sha256.NONE);
      assertThat(second.previous()).isEqualTo(first.sha256());
      assertThat(Sha256.ofFile(spool.chunk(1))).isEqualTo(second.sha256());
      assertThat(first.toMillis()).isEqualTo(2000);
      JournalRecord start = JournalReader.open(spool.chunk(1)).next().orElseThrow();
      ObjectNode json = CanonicalJson.read(start.payloadBytes());
      assertThat(json.path("previous").asText()).isEqualTo(first.sha256().hex());
    }
  }

  @Test
  void anOverflowIsWrittenIntoTheJournal() throws IOException {
    try (ChunkWriter writer = new ChunkWriter(spool, ID, clock)) {
      for (int i = 0; i < 200; i++) {
        buffer.offer(RecordKind.RTP, i * 1_000_000L, 0, new byte[PACKET_BYTES], 0, PACKET_BYTES);
      }

      Optional<ObjectNode> gap = writer.flush(buffer);

      assertThat(gap.orElseThrow().path("packets").asInt()).isEqualTo(200 - 10_000 / 128);
      assertThat(gap.orElseThrow().path("cause").asText()).isEqualTo("journal-overflow");
      assertThat(gap.orElseThrow().path("toMillis").asInt()).isEqualTo(199);
    }
  }

  @Test
  void aKillLosesOnlyTheTornRecord() throws IOException {
    SealedChunk first;
    try (ChunkWriter writer = new ChunkWriter(spool, ID, clock)) {
      first = chunk(writer);
      offerPackets(3);
      writer.flush(buffer);
    }
    Path open = spool.openChunk(1);
    byte[] torn = Files.readAllBytes(open);
    Files.write(open, Arrays.copyOf(torn, torn.length - 5));

    ChunkRecovery.Recovered recovered =
        ChunkRecovery.recover(spool, 1, first.sha256(), first.toMillis());

    assertThat(recovered.tornBytes()).isEqualTo(128 - 5);
    assertThat(recovered.unnamed()).hasSize(1);
    SealedChunk second = recovered.unnamed().getFirst();
    assertThat(second.previous()).isEqualTo(first.sha256());
    assertThat(second.sha256()).isEqualTo(Sha256.ofFile(spool.chunk(1)));
    assertThat(spool.leftOpen()).isEmpty();
    assertThat(ChunkRecovery.recover(spool, 1, first.sha256(), first.toMillis()).unnamed())
        .containsExactly(second);
  }

  @Test
  void aChunkWithoutAWholeRecordIsDropped() throws IOException {
    Files.write(spool.openChunk(0), new byte[] {1, 2, 3});

    ChunkRecovery.Recovered recovered = ChunkRecovery.recover(spool, 0, Sha256.NONE, 0);

    assertThat(recovered.unnamed()).isEmpty();
    assertThat(spool.closed()).isEmpty();
  }

  @Test
  void aChunkIsSentUntilTheStoreTakesIt() throws IOException {
    FailingStore store = new FailingStore(new DirectoryObjectStore(directory.resolve("s")), 3);
    List<Duration> delays = new ArrayList<>();
    List<Runnable> later = new ArrayList<>();
    ChunkUploads uploads =
        new ChunkUploads(
            store,
            spool,
            new ObjectKey("chunks"),
            Runnable::run,
            (delay, action) -> {
              delays.add(delay);
              later.add(action);
            });
    try (ChunkWriter writer = new ChunkWriter(spool, ID, clock)) {
      uploads.add(chunk(writer));
      uploads.add(chunk(writer));
    }
    Future<Void> drained = uploads.drained();

    for (int i = 0; i < 3; i++) {
      assertThat(drained.isComplete()).isFalse();
      later.get(i).run();
    }

    assertThat(delays)
        .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(drained.succeeded()).isTrue();
    assertThat(uploads.backlog()).isZero();
    assertThat(store.list(new ObjectKey("chunks"))).hasSize(2);
  }

  @Test
  void pausesBetweenTriesAreBounded() {
    assertThat(ChunkUploads.backoff(100)).isEqualTo(ChunkUploads.LONGEST_BACKOFF);
  }

  private SealedChunk chunk(ChunkWriter writer) throws IOException {
    offerPackets(10);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    writer.flush(buffer);
    return writer.rotate();
  }

  private void offerPackets(int count) {
    for (int i = 0; i < count; i++) {
      buffer.offer(RecordKind.RTP, clock.now(), 0, new byte[PACKET_BYTES], 0, PACKET_BYTES);
    }
  }

  /** Refuses the first puts. */
  private static final class FailingStore extends ForwardingStore {
    private int failuresLeft;

    FailingStore(ObjectStore store, int failures) {
      super(store);
      this.failuresLeft = failures;
    }

    @Override
    public StoredObject put(ObjectKey key, ObjectContent content) {
      if (failuresLeft > 0) {
        failuresLeft--;
        throw new StoreException("not now");
      }
      return super.put(key, content);
    }
  }
}
