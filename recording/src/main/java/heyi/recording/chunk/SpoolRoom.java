package heyi.recording.chunk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ledger.CanonicalJson;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much the spools of all recordings may hold, and how much of the disk must stay free.
 *
 * <p>Nothing is thrown away when it is too much: rooms are told and pause, so that nothing more
 * comes.
 *
 * @param limitBytes that all unsealed recordings together may take
 * @param freeBytes that the disk must have left
 */
public record SpoolRoom(long limitBytes, long freeBytes) {
  /** Talk goes on only when there is room again for a while, not for one chunk. */
  private static final double RELIEF = 0.9;

  /**
   * What was found on the disk.
   *
   * @param spoolBytes of all unsealed recordings
   * @param freeBytes left on the disk
   */
  public record Level(long spoolBytes, long freeBytes) {
    /** As JSON, for the ledger. */
    public ObjectNode toJson() {
      return CanonicalJson.object().put("spoolBytes", spoolBytes).put("freeBytes", freeBytes);
    }
  }

  /** Checks that both are positive. */
  public SpoolRoom {
    if (limitBytes <= 0 || freeBytes < 0) {
      throw new IllegalArgumentException(
          "limit must be positive and free space not negative: " + limitBytes + ", " + freeBytes);
    }
  }

  /** Why recording has to pause; empty when there is room. */
  public Optional<String> pressure(Level level) {
    if (level.spoolBytes() > limitBytes) {
      return Optional.of("spool-limit");
    }
    return level.freeBytes() < freeBytes ? Optional.of("disk-full") : Optional.empty();
  }

  /** Whether a recording that paused may go on. */
  public boolean relieved(Level level) {
    return level.spoolBytes() <= limitBytes * RELIEF && level.freeBytes() >= freeBytes / RELIEF;
  }

  /**
   * Looks at the disk. <b>Threads:</b> blocks.
   *
   * @param spools the directory of all
   * @throws IOException when it cannot be read
   */
  public static Level measure(Path spools) throws IOException {
    AtomicLong bytes = new AtomicLong();
    if (Files.isDirectory(spools)) {
      Files.walkFileTree(
          spools,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              bytes.addAndGet(attributes.size());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
              if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // a recording was sealed meanwhile
              }
              throw failure;
            }
          });
    }
    Path existing = Files.isDirectory(spools) ? spools : spools.toAbsolutePath().getParent();
    return new Level(bytes.get(), Files.getFileStore(existing).getUsableSpace());
  }
}
