package heyi.recording.ledger;

import heyi.recording.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The append-only file of a session's entries; each append is on the disk when it returns.
 *
 * <p><b>Threads:</b> one (the recording's lane); blocks on the disk. <b>Errors:</b> {@link
 * IOException} from the disk, then the file may end in a torn line, which {@link #open} cuts; until
 * then nothing more is appended.
 */
public final class Ledger implements AutoCloseable {
  /** A line longer than this is refused: the ledger holds facts, not documents. */
  public static final int MAX_LINE_BYTES = 64 * 1024;

  private final Path file;
  private final FileChannel channel;
  private final MerkleTree tree = new MerkleTree();
  private Sha256 lastHash = Sha256.NONE;
  private boolean torn;

  private Ledger(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a ledger to append, makes it when absent, and cuts a torn last line.
   *
   * @throws LedgerDamage when more than the last line is damaged
   * @throws IOException when the file cannot be used
   */
  public static Ledger open(Path file) throws IOException {
    byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    LedgerReader.Content content = LedgerReader.read(before);
    if (!content.whole() && !tornTail(before, (int) content.validBytes())) {
      throw new LedgerDamage(file.getFileName() + ": " + content.damage());
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(content.validBytes());
    channel.position(content.validBytes());
    channel.force(true);
    Ledger ledger = new Ledger(file, channel);
    ledger.replay(before, content);
    return ledger;
  }

  /**
   * Appends an entry.
   *
   * @param at wall clock time
   * @param offset on the session clock
   * @throws IllegalArgumentException when the entry is longer than {@link #MAX_LINE_BYTES}; nothing
   *     is written
   * @throws IOException when the disk refuses
   */
  public LedgerEntry append(Instant at, Duration offset, LedgerEvent event) throws IOException {
    long sequence = tree.size();
    byte[] line = LedgerLine.write(sequence, at, offset, event, lastHash);
    if (line.length > MAX_LINE_BYTES) {
      throw new IllegalArgumentException(
          "a ledger line has at most " + MAX_LINE_BYTES + " bytes but has " + line.length);
    }
    ByteBuffer bytes = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
    if (torn) {
      throw new IOException("the ledger may end in a torn line, nothing can follow it");
    }
    torn = true;
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
    torn = false;
    Sha256 hash = Sha256.of(line);
    LedgerEntry entry =
        new LedgerEntry(sequence, at, offset, event.type(), event.payload(), lastHash, hash);
    tree.add(line);
    lastHash = hash;
    return entry;
  }

  /** How many entries there are. */
  public long size() {
    return tree.size();
  }

  /** Merkle root over all entries so far. */
  public Sha256 root() {
    return tree.root();
  }

  /** Hash of the last entry. */
  public Sha256 lastHash() {
    return lastHash;
  }

  /**
   * Reads all entries back.
   *
   * @throws IOException when the file cannot be read
   */
  public List<LedgerEntry> entries() throws IOException {
    return LedgerReader.read(Files.readAllBytes(file)).entries();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void replay(byte[] before, LedgerReader.Content content) {
    int start = 0;
    for (int i = 0; i < content.validBytes(); i++) {
      if (before[i] == '\n') {
        tree.add(Arrays.copyOfRange(before, start, i));
        start = i + 1;
      }
    }
    lastHash = content.lastHash();
  }

  /** A kill tears at most the line being written: what is damaged holds no further newline. */
  private static boolean tornTail(byte[] file, int validBytes) {
    for (int i = validBytes; i < file.length; i++) {
      if (file[i] == '\n') {
        return false;
      }
    }
    return true;
  }
}
