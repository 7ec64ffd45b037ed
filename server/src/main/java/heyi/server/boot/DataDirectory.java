package heyi.server.boot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder with everything kept on this machine, locked while a server uses it.
 *
 * <p>The operating system gives the lock back when the process dies, however it dies: so whoever
 * holds it may treat running leftovers (the database of a killed server) as orphans.
 */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static DataDirectory lock(Path directory) {
    DataDirectory locked = tryLock(directory);
    if (locked == null) {
      throw new StartException(
          "Another Heyi server uses the folder " + directory + "; stop it or use --data.", null);
    }
    return locked;
  }

  /** Null when a server uses it. */
  static @Nullable DataDirectory tryLock(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        return null;
      }
      return new DataDirectory(path, channel);
    } catch (IOException e) {
      throw new StartException("The folder " + directory + " cannot be used: " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("NullAway")
  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  Path path() {
    return path;
  }

  Path postgres() {
    return postgresIn(path);
  }

  /** Where the embedded database of a folder is, whoever holds its lock. */
  static Path postgresIn(Path directory) {
    return directory.resolve("postgres");
  }

  Path objects() {
    return path.resolve("objects");
  }

  Path spool() {
    return path.resolve("spool");
  }

  Path tls() {
    return path.resolve("tls");
  }

  Path packages() {
    return path.resolve("packages");
  }

  Path keys() {
    return path.resolve("keys");
  }

  Path films() {
    return path.resolve("films");
  }

  Path signing() {
    return path.resolve("signing");
  }

  Path seal() {
    return path.resolve("seal");
  }

  Path demoLogins() {
    return path.resolve("demo-logins.properties");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // the lock is gone with the process at the latest
    }
  }
}
