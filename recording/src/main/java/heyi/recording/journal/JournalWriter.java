package heyi.recording.journal;

import heyi.recording.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Appends to one journal file and hashes it on the way.
 *
 * <p><b>Threads:</b> one; blocks on the disk. <b>Errors:</b> after an {@link IOException} the file
 * may end in a torn record; the reader stops there, so nothing more is written to it.
 */
public final class JournalWriter implements AutoCloseable {
  private final FileChannel channel;
  private final MessageDigest sha256 = Sha256.digest();
  private long sizeBytes;
  private boolean torn;

  private JournalWriter(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the file of a chunk and writes its header.
   *
   * @throws IOException when the file exists or cannot be made
   */
  public static JournalWriter create(Path file, int chunkNumber) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    JournalWriter writer = new JournalWriter(channel);
    writer.append(ByteBuffer.wrap(RecordFormat.fileHeader(chunkNumber)));
    return writer;
  }

  /**
   * Appends records that are already in file form.
   *
   * @throws IOException when the disk refuses
   */
  public void append(ByteBuffer records) throws IOException {
    if (torn) {
      throw new IOException("the chunk ends in a torn record, nothing can follow it");
    }
    sha256.update(records.duplicate());
    sizeBytes += records.remaining();
    torn = true;
    while (records.hasRemaining()) {
      channel.write(records);
    }
    torn = false;
  }

  /**
   * Appends one fact about the recording.
   *
   * @param json canonical JSON
   * @throws IOException when the disk refuses
   */
  public void appendMeta(long sessionNanos, long wallMicros, byte[] json) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(RecordFormat.RECORD_HEADER_BYTES + json.length);
    RecordFormat.put(record, RecordKind.META, sessionNanos, wallMicros, json, 0, json.length);
    append(record.flip());
  }

  /** Bytes so far. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /**
   * Forces everything to the disk and closes the file.
   *
   * @return the hash of the whole file
   * @throws IOException when the disk refuses; the file is then not safe
   */
  public Sha256 seal() throws IOException {
    if (torn) {
      throw new IOException("the chunk ends in a torn record and cannot be sealed");
    }
    channel.force(true);
    channel.close();
    return Sha256.ofDigest(sha256.digest());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
