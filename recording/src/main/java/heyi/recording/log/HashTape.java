package heyi.recording.log;

import heyi.recording.Sha256;
import heyi.recording.ledger.MerkleTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The hashes of all complete subtrees in one file, each written as soon as its last leaf is: a leaf
 * of number n is followed by the subtrees that it completes, so the place of each is computed and
 * nothing is searched. Made anew at every start from the entries; a kill cannot damage what counts.
 *
 * <p><b>Threads:</b> one. <b>Bounds:</b> under 64 bytes an entry on the disk, none in memory.
 */
final class HashTape implements TreeProofs.Subtrees, AutoCloseable {
  private static final int HASH_BYTES = 32;
  private static final int SEARCH_HASHES = 4096;

  private final FileChannel file;
  private long size;

  private HashTape(FileChannel file) {
    this.file = file;
  }

  static HashTape create(Path path) throws IOException {
    return new HashTape(
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  /** Appends a leaf and the subtrees that it completes. */
  void add(Sha256 leafHash) throws IOException {
    int completed = Long.numberOfTrailingZeros(size + 1);
    ByteBuffer out = ByteBuffer.allocate((1 + completed) * HASH_BYTES);
    out.put(leafHash.bytes());
    Sha256 hash = leafHash;
    for (int level = 0; level < completed; level++) {
      hash = MerkleTree.nodeHash(hash(level, (size >> level) - 1), hash);
      out.put(hash.bytes());
    }
    out.flip();
    long position = index(0, size) * HASH_BYTES;
    while (out.hasRemaining()) {
      position += file.write(out, position);
    }
    size++;
  }

  long size() {
    return size;
  }

  @Override
  public Sha256 hash(int level, long n) {
    ByteBuffer bytes = ByteBuffer.allocate(HASH_BYTES);
    readFully(bytes, index(level, n) * HASH_BYTES);
    return Sha256.ofDigest(bytes.array());
  }

  /** The number of a leaf of this hash, -1 when there is none; reads the file once. */
  long find(Sha256 leafHash) {
    byte[] wanted = leafHash.bytes();
    long hashes = index(0, size);
    long leaf = 0;
    long next = 0;
    for (long start = 0; start < hashes; start += SEARCH_HASHES) {
      int count = (int) Math.min(SEARCH_HASHES, hashes - start);
      ByteBuffer block = ByteBuffer.allocate(count * HASH_BYTES);
      readFully(block, start * HASH_BYTES);
      while (next < start + count) {
        int at = (int) (next - start) * HASH_BYTES;
        if (Arrays.equals(block.array(), at, at + HASH_BYTES, wanted, 0, HASH_BYTES)) {
          return leaf;
        }
        next += 1 + Long.numberOfTrailingZeros(leaf + 1);
        leaf++;
      }
    }
    return -1;
  }

  /** Before leaf n stand n leaves and n/2 + n/4 + … subtrees; a subtree follows its last leaf. */
  private static long index(int level, long n) {
    long leaf = ((n + 1) << level) - 1;
    long before = 0;
    for (long rest = leaf; rest > 0; rest >>= 1) {
      before += rest;
    }
    return before + level;
  }

  private void readFully(ByteBuffer bytes, long position) {
    try {
      long at = position;
      while (bytes.hasRemaining()) {
        int read = file.read(bytes, at);
        if (read < 0) {
          throw new LogException("the hashes of the log end too early");
        }
        at += read;
      }
    } catch (IOException e) {
      throw new LogException("the hashes of the log cannot be read", e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
