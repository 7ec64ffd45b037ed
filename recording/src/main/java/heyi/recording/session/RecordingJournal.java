package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.SourceName;
import heyi.recording.RecordedSource;
import heyi.recording.SessionClock;
import heyi.recording.Sha256;
import heyi.recording.chunk.ChunkUploads;
import heyi.recording.chunk.ChunkWriter;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.chunk.Spool;
import heyi.recording.journal.JournalBuffer;
import heyi.recording.journal.JournalMeta;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.Ledger;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.mux.MadeTrack;
import heyi.recording.packaging.RecordingEvents;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The files of one running recording: journal chunks and ledger, which name each other.
 *
 * <p><b>Threads:</b> one, the recording's lane; blocks on the disk.
 */
final class RecordingJournal implements AutoCloseable {
  private final Spool spool;
  private final SessionClock sessionClock;
  private final InstantSource wallClock;
  private final JournalBuffer buffer;
  private final ChunkUploads uploads;
  private final Ledger ledger;
  private final ChunkWriter chunks;
  private boolean chunksFinished;
  private boolean ledgerClosed;

  private RecordingJournal(
      Spool spool,
      SessionClock sessionClock,
      InstantSource wallClock,
      JournalBuffer buffer,
      ChunkUploads uploads,
      Ledger ledger,
      ChunkWriter chunks) {
    this.spool = spool;
    this.sessionClock = sessionClock;
    this.wallClock = wallClock;
    this.buffer = buffer;
    this.uploads = uploads;
    this.ledger = ledger;
    this.chunks = chunks;
  }

  /** Makes spool, ledger and first chunk. */
  static RecordingJournal create(
      Spool spool,
      RecordingFacts facts,
      SessionClock sessionClock,
      InstantSource wallClock,
      JournalBuffer buffer,
      ChunkUploads uploads)
      throws IOException {
    spool.create();
    spool.writeAtomically(spool.facts(), CanonicalJson.write(facts.toJson()));
    Ledger ledger = Ledger.open(spool.ledger());
    RecordingJournal journal =
        new RecordingJournal(
            spool,
            sessionClock,
            wallClock,
            buffer,
            uploads,
            ledger,
            new ChunkWriter(spool, facts.id(), sessionClock));
    journal.append(new LedgerEvent(RecordingEvents.STARTED, facts.toJson()));
    return journal;
  }

  /**
   * Goes on with the files of a recording whose server was killed; the spool is in order.
   *
   * <p>What was published then is gone with the connections; it is published anew.
   */
  static RecordingJournal resume(
      Spool spool,
      RecordingFacts facts,
      SessionClock sessionClock,
      InstantSource wallClock,
      JournalBuffer buffer,
      ChunkUploads uploads)
      throws IOException {
    Ledger ledger = Ledger.open(spool.ledger());
    List<SealedChunk> chunks = Sealer.chunks(ledger.entries());
    RecordingJournal journal =
        new RecordingJournal(
            spool,
            sessionClock,
            wallClock,
            buffer,
            uploads,
            ledger,
            new ChunkWriter(
                spool,
                facts.id(),
                sessionClock,
                chunks.size(),
                chunks.isEmpty() ? Sha256.NONE : chunks.getLast().sha256()));
    chunks.forEach(uploads::add);
    return journal;
  }

  LedgerEntry append(LedgerEvent event) throws IOException {
    if (ledgerClosed) {
      throw new RecordingException("the ledger is closed, refused " + event.type());
    }
    return ledger.append(now(), sessionClock.offset(), event);
  }

  void sourceAdded(RecordedSource source) throws IOException {
    if (!chunksFinished) {
      chunks.sourceAdded(source);
    }
    ObjectNode payload = CanonicalJson.object();
    payload.put("source", source.source().name().value());
    payload.put("seatId", source.seatId());
    payload.put("label", source.label());
    payload.put("endpoint", source.owner().value());
    payload.put("kind", source.source().kind().name());
    append(new LedgerEvent("source-added", payload));
  }

  void sourceRemoved(SourceName source) throws IOException {
    if (!chunksFinished) {
      chunks.sourceRemoved(source);
    }
    append(new LedgerEvent("source-removed", CanonicalJson.object().put("source", source.value())));
  }

  void flush() throws IOException {
    if (chunksFinished) {
      return;
    }
    Optional<ObjectNode> gap = chunks.flush(buffer);
    if (gap.isPresent()) {
      append(new LedgerEvent(JournalMeta.JOURNAL_GAP, gap.get()));
    }
  }

  void rotate() throws IOException {
    if (chunksFinished) {
      return;
    }
    flush();
    stored(chunks.rotate());
  }

  /** Closes the last chunk. */
  void stop() throws IOException {
    if (chunksFinished) {
      return;
    }
    flush();
    chunksFinished = true;
    stored(chunks.finish());
    append(new LedgerEvent(RecordingEvents.STOPPED, CanonicalJson.object()));
  }

  List<SealedChunk> sealedChunks() throws IOException {
    return Sealer.chunks(ledger.entries());
  }

  /** Writes the last entries; nothing can be appended after it. */
  void closeLedger(List<MadeTrack> made) throws IOException {
    Sealer.closeLedger(ledger, made, now(), sessionClock.offset());
    ledgerClosed = true;
    ledger.close();
  }

  Spool spool() {
    return spool;
  }

  /** Lets go of the files, whatever their state. */
  @Override
  public void close() throws IOException {
    ledgerClosed = true;
    chunksFinished = true;
    chunks.close();
    ledger.close();
  }

  private void stored(SealedChunk chunk) throws IOException {
    append(chunk.toEvent());
    uploads.add(chunk);
  }

  private Instant now() {
    return wallClock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
