package heyi.server.sql;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which PostgreSQL to use.
 *
 * @param url JDBC address; null starts the embedded server
 * @param directory where the embedded server keeps its files
 * @param timeout longest wait for a connection
 * @param binaries where the embedded server's programs are unpacked; several servers may share them
 */
public record DatabaseOptions(
    @Nullable String url,
    String user,
    String password,
    int poolSize,
    Duration timeout,
    Path directory,
    Path binaries) {

  /** The embedded server with its files in the folder. */
  public static DatabaseOptions embedded(Path directory) {
    return new DatabaseOptions(
        null, "postgres", "", 6, Duration.ofSeconds(10), directory, directory.resolve("binaries"));
  }

  @Override
  public String toString() {
    return "DatabaseOptions[url=" + url + ", directory=" + directory + "]";
  }
}
