package heyi.recording.log;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.ledger.MerkleTree;
import heyi.recording.seal.EvidenceKey;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An append-only log: entries are written to the disk first, then their tiles to the object store,
 * then the checkpoint that commits to them. Whatever a kill leaves undone, the next start does;
 * every object is a function of the entries and is written once.
 *
 * <p>If the store holds a checkpoint that the entries here do not lead to, the log refuses to open:
 * continuing would show two people two histories. If the store is ahead of this disk, the entries
 * are fetched from it. <b>Threads:</b> any, one at a time; blocks. <b>Errors:</b> {@link
 * LogException}, {@link heyi.recording.store.StoreException}; an entry that was not published is
 * published by the next append or start.
 */
public final class TransparencyLog implements AutoCloseable {
  private static final String TILE_TYPE = "application/octet-stream";
  private static final String NOTE_TYPE = "text/plain; charset=utf-8";

  private final ObjectStore store;
  private final EvidenceKey key;
  private final NoteKey name;
  private final TilePaths paths;
  private final LogJournal journal;
  private final HashTape tape;

  /** Contents of the last bundle, while it is not full. */
  private final List<byte[]> bundle;

  private Checkpoint latest;

  private TransparencyLog(
      ObjectStore store,
      EvidenceKey key,
      NoteKey name,
      LogJournal journal,
      HashTape tape,
      List<byte[]> bundle) {
    this.store = store;
    this.key = key;
    this.name = name;
    this.paths = paths(name);
    this.journal = journal;
    this.tape = tape;
    this.bundle = bundle;
    this.latest = Checkpoint.sign(name, key, 0, TreeProofs.root(tape, 0));
  }

  /**
   * Opens the log, or begins it.
   *
   * @param directory of this machine; survives restarts
   * @param key of the log, Ed25519
   * @param origin name of the log; empty makes one of the key
   * @throws LogException when disk and store contradict each other
   */
  public static TransparencyLog open(
      ObjectStore store, Path directory, EvidenceKey key, String origin) throws IOException {
    Files.createDirectories(directory);
    String known =
        origin.isEmpty()
            ? "heyi.invalid/log/" + key.publicKey().id().hex().substring(0, 16)
            : origin;
    NoteKey name = new NoteKey(known, NoteKey.Kind.LOG, key.publicKey());
    HashTape tape = HashTape.create(directory.resolve("hashes.tmp"));
    List<byte[]> bundle = new ArrayList<>();
    long published = publishedSize(store, paths(name));
    LogJournal journal =
        LogJournal.open(
            directory.resolve("entries.log"), entry -> take(tape, bundle, published, entry));
    TransparencyLog log = new TransparencyLog(store, key, name, journal, tape, bundle);
    try {
      log.meetStore(published);
      return log;
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /** Of the largest checkpoint that the store knows. */
  private static long publishedSize(ObjectStore store, TilePaths paths) {
    List<ObjectKey> known = store.list(paths.checkpoints());
    return known.isEmpty() ? 0 : Long.parseLong(known.getLast().name());
  }

  /** Name and key, for those who check. */
  public NoteKey name() {
    return name;
  }

  /**
   * Appends an entry; one that is there already is not appended again.
   *
   * @return its number, when it is published
   */
  public synchronized long append(byte[] entry) throws IOException {
    if (entry.length == 0 || entry.length > LogJournal.MAX_ENTRY_BYTES) {
      throw new IllegalArgumentException("an entry has 1 to 65535 bytes, not " + entry.length);
    }
    long index = tape.find(MerkleTree.leafHash(entry));
    if (index < 0) {
      index = tape.size();
      journal.append(entry);
      take(tape, bundle, latest.size(), entry);
    }
    if (latest.size() < tape.size()) {
      publish(latest.size());
    }
    return index;
  }

  /** The number of a published entry; empty when it is not there. Reads 64 bytes an entry. */
  public synchronized Optional<Long> indexOf(byte[] entry) {
    long index = tape.find(MerkleTree.leafHash(entry));
    return index < 0 || index >= latest.size() ? Optional.empty() : Optional.of(index);
  }

  /** The last one that was published, with what these witnesses said to it. */
  public Checkpoint cosignedCheckpoint(List<NoteKey> witnesses) {
    Checkpoint cosigned = checkpoint();
    for (NoteKey witness : witnesses) {
      cosigned = cosignature(cosigned.size(), witness).map(cosigned::with).orElse(cosigned);
    }
    return cosigned;
  }

  /** The last one that was published. */
  public synchronized Checkpoint checkpoint() {
    return latest;
  }

  /**
   * That the entry is in the tree of a checkpoint.
   *
   * @throws LogException when the checkpoint does not reach it
   */
  public synchronized LogProof prove(long index, Checkpoint checkpoint) {
    if (index >= checkpoint.size() || checkpoint.size() > tape.size()) {
      throw new LogException("a tree of " + checkpoint.size() + " holds no entry " + index);
    }
    return new LogProof(index, TreeProofs.inclusion(tape, index, checkpoint.size()), checkpoint);
  }

  /** That the tree of the second size begins with the tree of the first. */
  public synchronized List<Sha256> consistency(long before, long size) {
    if (before < 0 || before > size || size > latest.size()) {
      throw new LogException("no trees of " + before + " and " + size + " entries");
    }
    return TreeProofs.consistency(tape, before, size);
  }

  /** The checkpoint of a size, signed; empty when there was none. */
  public Optional<Checkpoint> checkpointOf(long size) {
    return read(paths.checkpoint(size))
        .map(bytes -> Checkpoint.read(new String(bytes, StandardCharsets.UTF_8)));
  }

  /** A tile or a bundle by its path as in tlog-tiles; empty when there is none. */
  public Optional<byte[]> tile(String path) {
    return read(paths.requested(path));
  }

  /** Keeps what a witness said; the first time counts. */
  void cosigned(long size, NoteKey witness, String line) {
    ObjectKey object = paths.cosignature(size, witness);
    if (store.stat(object).isEmpty()) {
      store.put(object, ObjectContent.ofBytes(line.getBytes(StandardCharsets.UTF_8), NOTE_TYPE));
    }
  }

  /** The line of a witness for the checkpoint of a size; empty when there is none. */
  Optional<String> cosignature(long size, NoteKey witness) {
    return read(paths.cosignature(size, witness))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** All entries from a number on, out of the store; for those who look after the log. */
  public List<byte[]> entries(long from, long to) {
    List<byte[]> entries = new ArrayList<>();
    for (long tile = from / TilePaths.WIDTH; tile * TilePaths.WIDTH < to; tile++) {
      List<byte[]> inTile = bundle(tile, to);
      for (int i = 0; i < inTile.size(); i++) {
        long index = tile * TilePaths.WIDTH + i;
        if (index >= from && index < to) {
          entries.add(inTile.get(i));
        }
      }
    }
    return entries;
  }

  @Override
  public synchronized void close() throws IOException {
    journal.close();
    tape.close();
  }

  private void meetStore(long size) throws IOException {
    if (size > 0) {
      Checkpoint stored = checkpointOf(size).orElseThrow();
      if (!stored.signedBy(name)) {
        throw new LogException("the checkpoint of " + size + " in the store is not of this log");
      }
      for (byte[] entry : entries(tape.size(), size)) {
        journal.append(entry);
        take(tape, bundle, size, entry);
      }
      Sha256 root = TreeProofs.root(tape, size);
      if (!root.equals(stored.root())) {
        throw new LogException(
            "the store holds the root " + stored.root() + " of " + size + " entries, here " + root);
      }
      latest = stored;
    }
    if (latest.size() < tape.size()) {
      publish(latest.size());
    }
  }

  /** Tiles first, then the checkpoint that commits to them. */
  private void publish(long from) throws IOException {
    long size = tape.size();
    putBundles(from, size);
    int level = 0;
    long before = from;
    long hashes = size;
    while (hashes > 0) {
      if (before < hashes) {
        putTiles(level, before, hashes);
      }
      before /= TilePaths.WIDTH;
      hashes /= TilePaths.WIDTH;
      level++;
    }
    Checkpoint next = Checkpoint.sign(name, key, size, TreeProofs.root(tape, size));
    put(paths.checkpoint(size), next.text().getBytes(StandardCharsets.UTF_8), NOTE_TYPE);
    latest = next;
  }

  private void putTiles(int level, long from, long hashes) {
    for (long tile = from / TilePaths.WIDTH; tile * TilePaths.WIDTH < hashes; tile++) {
      long first = tile * TilePaths.WIDTH;
      int width = (int) Math.min(TilePaths.WIDTH, hashes - first);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int i = 0; i < width; i++) {
        out.writeBytes(tape.hash(level * Byte.SIZE, first + i).bytes());
      }
      put(paths.tile(level, tile, width), out.toByteArray(), TILE_TYPE);
    }
  }

  /** Entries that are in no bundle yet are still in memory: at most one bundle is not full. */
  private void putBundles(long from, long size) throws IOException {
    long first = from / TilePaths.WIDTH * TilePaths.WIDTH;
    List<byte[]> contents = new ArrayList<>(bundle);
    long held = size - contents.size();
    if (first < held) {
      throw new LogException("entries from " + first + " on are not at hand");
    }
    long start = first;
    while (start < size) {
      int width = (int) Math.min(TilePaths.WIDTH, size - start);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int i = 0; i < width; i++) {
        byte[] entry = contents.get((int) (start - held) + i);
        out.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) entry.length).array());
        out.writeBytes(entry);
      }
      put(paths.entries(start / TilePaths.WIDTH, width), out.toByteArray(), TILE_TYPE);
      start += width;
    }
    int published = (int) (size / TilePaths.WIDTH * TilePaths.WIDTH - held);
    if (published > 0) {
      bundle.subList(0, published).clear();
    }
  }

  private void put(ObjectKey object, byte[] bytes, String type) {
    store.put(object, ObjectContent.ofBytes(bytes, type));
  }

  private List<byte[]> bundle(long tile, long size) {
    int width = (int) Math.min(TilePaths.WIDTH, size - tile * TilePaths.WIDTH);
    byte[] bytes =
        read(paths.entries(tile, width))
            .or(() -> read(paths.entries(tile, TilePaths.WIDTH)))
            .orElseThrow(() -> new LogException("the store misses bundle " + tile + " of the log"));
    List<byte[]> entries = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      byte[] entry = new byte[in.getShort() & LogJournal.MAX_ENTRY_BYTES];
      in.get(entry);
      entries.add(entry);
    }
    return entries;
  }

  private Optional<byte[]> read(ObjectKey object) {
    if (store.stat(object).isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = store.read(object)) {
      return Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new LogException("could not read " + object, e);
    }
  }

  /** Entries of bundles that are full and published need not be remembered. */
  private static void take(HashTape tape, List<byte[]> bundle, long published, byte[] entry) {
    try {
      if (tape.size() >= published / TilePaths.WIDTH * TilePaths.WIDTH) {
        bundle.add(entry);
      }
      tape.add(MerkleTree.leafHash(entry));
    } catch (IOException e) {
      throw new LogException("the hashes of the log cannot be written", e);
    }
  }

  private static TilePaths paths(NoteKey name) {
    return new TilePaths(new ObjectKey("log").child(HexFormat.of().toHexDigits(name.id())));
  }
}
