package heyi.recording.chunk;

import heyi.recording.RecordingId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of one unsealed recording.
 *
 * <pre>
 * &lt;spool&gt;/&lt;recording id&gt;/
 *   recording.json          what was asked for; there first
 *   ledger.jsonl            one entry per line
 *   chunks/000000.journal   closed, hashed, in the ledger
 *   chunks/000001.open      being written, or left by a kill
 *   tracks/                 made by the muxing process
 * </pre>
 *
 * <p><b>Threads:</b> any; every method that touches the disk blocks.
 *
 * @param directory of the recording
 */
public record Spool(Path directory) {
  private static final String CLOSED_SUFFIX = ".journal";
  private static final String OPEN_SUFFIX = ".open";

  /** No recording is named so. */
  private static final String REMOVED = ".removed-";

  /** The spool of a recording below the directory of all. */
  public static Spool of(Path all, RecordingId id) {
    return new Spool(all.resolve(id.value()));
  }

  /**
   * Makes the directories.
   *
   * @throws IOException when the recording's directory exists already or cannot be made
   */
  public void create() throws IOException {
    Path parent = directory.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectory(directory);
    Files.createDirectories(chunks());
    Files.createDirectories(tracks());
  }

  /** Whether a directory beside the others is what is left of one that was being removed. */
  public static boolean isRemoved(String name) {
    return name.startsWith(REMOVED);
  }

  /** What was asked for. */
  public Path facts() {
    return directory.resolve("recording.json");
  }

  /** The ledger. */
  public Path ledger() {
    return directory.resolve("ledger.jsonl");
  }

  /** Where chunks are. */
  public Path chunks() {
    return directory.resolve("chunks");
  }

  /** Where finished tracks are. */
  public Path tracks() {
    return directory.resolve("tracks");
  }

  /** A closed chunk. */
  public Path chunk(int number) {
    return chunks().resolve(chunkName(number));
  }

  /** A chunk being written. */
  public Path openChunk(int number) {
    return chunks().resolve(String.format(Locale.ROOT, "%06d", number) + OPEN_SUFFIX);
  }

  /** File name of a closed chunk, in the spool, the store and the package alike. */
  public static String chunkName(int number) {
    return String.format(Locale.ROOT, "%06d", number) + CLOSED_SUFFIX;
  }

  /**
   * The chunk that a kill left open; there is at most one.
   *
   * @throws IOException when the directory cannot be read
   */
  public Optional<Integer> leftOpen() throws IOException {
    return numbers(OPEN_SUFFIX).stream().max(Comparator.naturalOrder());
  }

  /**
   * Numbers of the closed chunks, rising.
   *
   * @throws IOException when the directory cannot be read
   */
  public List<Integer> closed() throws IOException {
    return numbers(CLOSED_SUFFIX);
  }

  /**
   * Writes a small file so that a kill leaves the old one or the new one, never half.
   *
   * @throws IOException when the disk refuses
   */
  public void writeAtomically(Path file, byte[] content) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(directory);
  }

  /**
   * Removes everything: only after sealing, or when nothing was recorded. It leaves its name first,
   * so that what a kill leaves of it is not taken for a recording.
   *
   * @throws IOException when something cannot be removed
   */
  public void delete() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Path removed = directory.resolveSibling(REMOVED + directory.getFileName());
    remove(removed);
    Files.move(directory, removed, StandardCopyOption.ATOMIC_MOVE);
    remove(removed);
  }

  /**
   * Removes what kills left of spools that were being removed.
   *
   * @param all the directory of all spools
   * @throws IOException when something cannot be removed
   */
  public static void finishRemovals(Path all) throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.list(all)) {
      left = files.filter(file -> nameOf(file).startsWith(REMOVED)).toList();
    }
    for (Path removed : left) {
      remove(removed);
    }
  }

  /** One at a time: the start may finish what somebody else is just doing. */
  private static synchronized void remove(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }

  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private List<Integer> numbers(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(chunks())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("[0-9]{6}" + suffix.replace(".", "\\.")))
          .map(name -> Integer.valueOf(name.substring(0, name.length() - suffix.length())))
          .sorted()
          .toList();
    }
  }
}
