package heyi.recording.chunk;

import heyi.recording.Sha256;
import heyi.recording.journal.JournalDamage;
import heyi.recording.journal.JournalReader;
import heyi.recording.journal.JournalRecord;
import heyi.recording.journal.RecordKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings the chunks of a killed recording in order: cuts the torn tail of the open one and gives
 * back those that the ledger does not name yet.
 *
 * <p><b>Threads:</b> one; blocks.
 */
public final class ChunkRecovery {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private ChunkRecovery() {}

  /**
   * What recovery found.
   *
   * @param unnamed closed chunks that the ledger shall name now, in order
   * @param tornBytes how many bytes were cut
   * @param lastMillis time of the last whole record on the session clock
   */
  public record Recovered(List<SealedChunk> unnamed, long tornBytes, long lastMillis) {
    /** Copies the list. */
    public Recovered {
      unnamed = List.copyOf(unnamed);
    }
  }

  /**
   * Does it; doing it again finds the same.
   *
   * @param named how many chunks the ledger names
   * @param lastNamed hash of the last of them, {@link Sha256#NONE} when there is none
   * @param lastNamedMillis when it was closed
   * @throws IOException when the disk refuses
   */
  public static Recovered recover(Spool spool, int named, Sha256 lastNamed, long lastNamedMillis)
      throws IOException {
    long torn = closeLeftOpen(spool);
    List<SealedChunk> unnamed = new ArrayList<>();
    Sha256 previous = lastNamed;
    long lastMillis = lastNamedMillis;
    for (int number : spool.closed()) {
      if (number < named) {
        continue;
      }
      SealedChunk chunk = describe(spool.chunk(number), number, previous);
      unnamed.add(chunk);
      previous = chunk.sha256();
      lastMillis = chunk.toMillis();
    }
    return new Recovered(unnamed, torn, lastMillis);
  }

  /**
   * When the last packet came that is on the disk.
   *
   * @return milliseconds on the session clock, 0 when no packet ever came
   * @throws IOException when the disk refuses
   */
  public static long lastPacketMillis(Spool spool) throws IOException {
    for (int number : spool.closed().reversed()) {
      long last = -1;
      JournalReader reader = JournalReader.open(spool.chunk(number));
      Optional<JournalRecord> record = reader.next();
      while (record.isPresent()) {
        if (record.get().kind() != RecordKind.META) {
          last = Math.max(last, record.get().sessionNanos());
        }
        record = reader.next();
      }
      if (last >= 0) {
        return last / NANOS_PER_MILLI;
      }
    }
    return 0;
  }

  private static long closeLeftOpen(Spool spool) throws IOException {
    Optional<Integer> number = spool.leftOpen();
    if (number.isEmpty()) {
      return 0;
    }
    Path file = spool.openChunk(number.get());
    long size = Files.size(file);
    long valid = validBytes(file);
    if (valid == 0) {
      Files.delete(file);
      return size;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(valid);
      channel.force(true);
    }
    Files.move(file, spool.chunk(number.get()), StandardCopyOption.ATOMIC_MOVE);
    Spool.force(spool.chunks());
    return size - valid;
  }

  /** Zero when not even the first record is whole: such a chunk tells nothing. */
  private static long validBytes(Path file) throws IOException {
    try {
      JournalReader reader = JournalReader.open(file);
      if (reader.next().isEmpty()) {
        return 0;
      }
      while (reader.next().isPresent()) {
        continue;
      }
      return reader.validBytes();
    } catch (JournalDamage e) {
      return 0;
    }
  }

  private static SealedChunk describe(Path file, int number, Sha256 previous) throws IOException {
    JournalReader reader = JournalReader.open(file);
    long first = -1;
    long last = 0;
    Optional<JournalRecord> record = reader.next();
    while (record.isPresent()) {
      last = Math.max(last, record.get().sessionNanos());
      first = first < 0 ? record.get().sessionNanos() : first;
      record = reader.next();
    }
    return new SealedChunk(
        number,
        Files.size(file),
        Sha256.ofFile(file),
        previous,
        Math.max(first, 0) / NANOS_PER_MILLI,
        last / NANOS_PER_MILLI);
  }
}
