package heyi.recording.mux;

import heyi.recording.journal.JournalDamage;
import heyi.recording.journal.JournalReader;
import heyi.recording.journal.JournalRecord;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads and checks the next chunks on a thread of its own while the records of this one are used.
 *
 * <p><b>Threads:</b> one uses it; blocks. <b>Bounds:</b> {@value #MAX_CHUNKS} chunks in memory.
 */
final class ReadAhead implements AutoCloseable {
  private static final int MAX_CHUNKS = 4;

  private final ExecutorService reader = Executors.newSingleThreadExecutor();
  private final Deque<Future<List<JournalRecord>>> coming = new ArrayDeque<>();
  private final Iterator<Path> unread;

  /** Begins to read. */
  ReadAhead(List<Path> chunks) {
    this.unread = chunks.iterator();
    fill();
  }

  boolean hasNext() {
    return !coming.isEmpty();
  }

  /**
   * The records of the next chunk.
   *
   * @throws IOException when it is damaged or cannot be read
   */
  List<JournalRecord> next() throws IOException {
    Future<List<JournalRecord>> next = coming.remove();
    fill();
    try {
      return next.get();
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while reading chunks");
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }

  private void fill() {
    while (coming.size() < MAX_CHUNKS && unread.hasNext()) {
      Path chunk = unread.next();
      coming.add(reader.submit(() -> records(chunk)));
    }
  }

  private static List<JournalRecord> records(Path chunk) throws IOException {
    JournalReader reader = JournalReader.open(chunk);
    List<JournalRecord> records = new ArrayList<>();
    Optional<JournalRecord> record = reader.next();
    while (record.isPresent()) {
      records.add(record.get());
      record = reader.next();
    }
    if (reader.damage().isPresent()) {
      throw new JournalDamage(chunk.getFileName() + ": " + reader.damage().get());
    }
    return records;
  }
}
