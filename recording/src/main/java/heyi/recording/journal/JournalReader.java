package heyi.recording.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one journal file record by record and stops cleanly where the file is torn.
 *
 * <p><b>Threads:</b> one; blocks. <b>Bounds:</b> reads a whole chunk, at most 1 GiB, into memory.
 */
public final class JournalReader {
  private static final long MAX_FILE_BYTES = 1L << 30;

  private final ByteBuffer content;
  private final int chunkNumber;
  private int position = RecordFormat.FILE_HEADER_BYTES;
  private @Nullable String damage;

  private JournalReader(ByteBuffer content) throws JournalDamage {
    this.content = content;
    this.chunkNumber = RecordFormat.readChunkNumber(content);
  }

  /**
   * Reads a file into memory.
   *
   * @throws JournalDamage when even the file header is not whole
   * @throws IOException when the file cannot be read
   */
  public static JournalReader open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > MAX_FILE_BYTES) {
        throw new JournalDamage(
            "a chunk has at most " + MAX_FILE_BYTES + " bytes but this has " + size);
      }
      ByteBuffer content = ByteBuffer.allocate((int) size);
      while (content.hasRemaining() && channel.read(content) >= 0) {
        continue;
      }
      return new JournalReader(content.flip());
    }
  }

  /**
   * Reads a chunk that is already in memory.
   *
   * @throws JournalDamage when even the file header is not whole
   */
  public static JournalReader of(byte[] content) throws JournalDamage {
    return new JournalReader(ByteBuffer.wrap(content));
  }

  /** The number in the file header. */
  public int chunkNumber() {
    return chunkNumber;
  }

  /** The next record; empty at the end or where the damage begins. */
  public Optional<JournalRecord> next() {
    if (damage != null || position == content.limit()) {
      return Optional.empty();
    }
    try {
      return Optional.of(read());
    } catch (JournalDamage e) {
      damage = e.getMessage();
      return Optional.empty();
    }
  }

  /** What ended the reading early; empty when the file is whole so far. */
  public Optional<String> damage() {
    return Optional.ofNullable(damage);
  }

  /** How many bytes from the start of the file are good: where to cut a torn tail. */
  public long validBytes() {
    return position;
  }

  private JournalRecord read() throws JournalDamage {
    int left = content.limit() - position;
    if (left < RecordFormat.RECORD_HEADER_BYTES) {
      throw new JournalDamage("the file ends within a record header at byte " + position);
    }
    int length = content.getInt(position);
    if (length < 0 || length > RecordFormat.MAX_PAYLOAD_BYTES) {
      throw new JournalDamage("impossible payload length " + length + " at byte " + position);
    }
    if (left < RecordFormat.RECORD_HEADER_BYTES + length) {
      throw new JournalDamage("the file ends within the record at byte " + position);
    }
    int expected = RecordFormat.storedChecksum(content, position);
    int actual = RecordFormat.checksum(content, position, length);
    if (expected != actual) {
      throw new JournalDamage(
          String.format(
              Locale.ROOT,
              "checksum %08x, calculated %08x, at byte %d",
              expected,
              actual,
              position));
    }
    int kindAndReserved = content.getInt(position + 4);
    if ((kindAndReserved & 0x00FF_FFFF) != 0) {
      throw new JournalDamage("reserved bytes of the record at " + position + " are not zero");
    }
    RecordKind kind = RecordKind.ofCode(kindAndReserved >>> 24);
    int payloadAt = position + RecordFormat.RECORD_HEADER_BYTES;
    JournalRecord next =
        new JournalRecord(
            kind,
            content.getLong(position + 8),
            content.getLong(position + 16),
            content.slice(payloadAt, length).asReadOnlyBuffer());
    position = payloadAt + length;
    return next;
  }
}
