package heyi.recording.chunk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.SourceName;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingId;
import heyi.recording.SessionClock;
import heyi.recording.Sha256;
import heyi.recording.journal.JournalBuffer;
import heyi.recording.journal.JournalMeta;
import heyi.recording.journal.JournalWriter;
import heyi.recording.ledger.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the journal of one recording as a row of chunks.
 *
 * <p><b>Threads:</b> one (the recording's lane); blocks on the disk. <b>Errors:</b> after an {@link
 * IOException} the open chunk may be torn; recovery cuts it.
 */
public final class ChunkWriter implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Spool spool;
  private final RecordingId id;
  private final SessionClock clock;
  private final Map<SourceName, RecordedSource> sources = new LinkedHashMap<>();
  private int number;
  private Sha256 previous;
  private long openedNanos;
  private JournalWriter open;

  /**
   * Opens the first chunk.
   *
   * @throws IOException when the disk refuses
   */
  public ChunkWriter(Spool spool, RecordingId id, SessionClock clock) throws IOException {
    this(spool, id, clock, 0, Sha256.NONE);
  }

  /**
   * Opens the chunk that follows those which are there.
   *
   * @param number of it
   * @param previous hash of the chunk before
   * @throws IOException when the disk refuses
   */
  public ChunkWriter(Spool spool, RecordingId id, SessionClock clock, int number, Sha256 previous)
      throws IOException {
    this.spool = spool;
    this.id = id;
    this.clock = clock;
    this.number = number;
    this.previous = previous;
    this.openedNanos = clock.now();
    this.open = openChunk();
  }

  /**
   * Notes that a source is published.
   *
   * @throws IOException when the disk refuses
   */
  public void sourceAdded(RecordedSource source) throws IOException {
    sources.put(source.source().name(), source);
    note(JournalMeta.sourceAdded(source));
  }

  /**
   * Notes that a source is gone.
   *
   * @throws IOException when the disk refuses
   */
  public void sourceRemoved(SourceName source) throws IOException {
    if (sources.remove(source) != null) {
      note(JournalMeta.sourceRemoved(source));
    }
  }

  /**
   * Writes everything that came since the last flush.
   *
   * @return what is missing, when the buffer had overflowed; it is noted in the journal, too
   * @throws IOException when the disk refuses
   */
  public Optional<ObjectNode> flush(JournalBuffer buffer) throws IOException {
    JournalBuffer.Taken taken = buffer.take();
    try {
      open.append(taken.records());
      if (taken.dropped().records() == 0) {
        return Optional.empty();
      }
      ObjectNode gap = JournalMeta.journalGap(taken.dropped());
      note(gap);
      return Optional.of(gap);
    } finally {
      taken.release();
    }
  }

  /**
   * Closes the chunk and opens the next.
   *
   * @throws IOException when the disk refuses
   */
  public SealedChunk rotate() throws IOException {
    SealedChunk sealed = seal();
    number++;
    previous = sealed.sha256();
    openedNanos = clock.now();
    open = openChunk();
    return sealed;
  }

  /**
   * Closes the last chunk; nothing can be written any more.
   *
   * @throws IOException when the disk refuses
   */
  public SealedChunk finish() throws IOException {
    return seal();
  }

  @Override
  public void close() throws IOException {
    open.close();
  }

  private SealedChunk seal() throws IOException {
    long size = open.sizeBytes();
    Sha256 hash = open.seal();
    Path closed = spool.chunk(number);
    Files.move(spool.openChunk(number), closed, StandardCopyOption.ATOMIC_MOVE);
    Spool.force(spool.chunks());
    return new SealedChunk(
        number, size, hash, previous, openedNanos / NANOS_PER_MILLI, clock.now() / NANOS_PER_MILLI);
  }

  private JournalWriter openChunk() throws IOException {
    JournalWriter writer = JournalWriter.create(spool.openChunk(number), number);
    ObjectNode start = JournalMeta.chunkStart(id, number, previous, sources.values());
    writer.appendMeta(openedNanos, clock.wallMicros(openedNanos), CanonicalJson.write(start));
    return writer;
  }

  private void note(ObjectNode fact) throws IOException {
    long now = clock.now();
    open.appendMeta(now, clock.wallMicros(now), CanonicalJson.write(fact));
  }
}
