package heyi.server.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own, from Maven-distributed binaries, durable.
 *
 * <p>The library's defaults are for throw-away tests: with them, all committed rows were lost when
 * the processes were killed. Hence {@code fsync} and {@code synchronous_commit} on, a kept data
 * directory and one port for its whole life.
 *
 * <p>When the JVM is killed, the database server outlives it as an orphan. The caller holds the
 * lock of the data directory, so a running postmaster found here can only be such an orphan: it is
 * asked to stop, waited for, and started anew.
 */
final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(20);

  /** Line of postmaster.pid that holds the port, counted from 0. */
  private static final int PID_FILE_PORT_LINE = 3;

  /**
   * Durable first, then small: an idle server must stay below 400 MB with everything, and a
   * mediation writes a few rows per second.
   */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("fsync", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("shared_buffers", "16MB"),
          Map.entry("max_connections", "32"),
          Map.entry("wal_level", "minimal"),
          Map.entry("max_wal_senders", "0"),
          Map.entry("max_wal_size", "128MB"),
          Map.entry("autovacuum_max_workers", "1"),
          Map.entry("max_parallel_workers", "0"),
          Map.entry("max_worker_processes", "2"),
          Map.entry("max_logical_replication_workers", "0"),
          Map.entry("jit", "off"),
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("timezone", "UTC"));

  private static final Duration RESTART_PAUSE = Duration.ofMillis(500);

  private final Path directory;
  private final Path binaries;
  private final int port;
  private EmbeddedPostgres postgres;
  private boolean closed;

  private EmbeddedDatabase(Path directory, Path binaries, int port) throws IOException {
    this.directory = directory;
    this.binaries = binaries;
    this.port = port;
    this.postgres = started();
  }

  /** Starts the server on the folder, creating it when empty. Blocks. */
  static EmbeddedDatabase start(Path directory, Path binaries) {
    Path absolute = directory.toAbsolutePath().normalize();
    Path data = absolute.resolve("data");
    try {
      Files.createDirectories(absolute);
      stopOrphan(data);
      int port = port(absolute);
      EmbeddedDatabase started =
          new EmbeddedDatabase(absolute, binaries.toAbsolutePath().normalize(), port);
      started.watch();
      return started;
    } catch (IOException | RuntimeException e) {
      throw new DatabaseException(
          "The embedded PostgreSQL could not be started in " + directory + ": " + e.getMessage(),
          e);
    }
  }

  private EmbeddedPostgres started() throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("data"))
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(binaries.toFile())
            .setPort(port)
            .setPGStartupWait(START_LIMIT)
            .setLocaleConfig("locale", "C.UTF-8")
            .setLocaleConfig("encoding", "UTF8")
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(logFile(directory)))
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(logFile(directory)));
    SETTINGS.forEach(builder::setServerConfig);
    return builder.start();
  }

  /** Address of the one that another process runs in the folder; null when there never was one. */
  static @Nullable String urlIn(Path directory) {
    Path file = directory.toAbsolutePath().normalize().resolve("port");
    try {
      return Files.exists(file) ? url(Integer.parseInt(Files.readString(file).strip())) : null;
    } catch (IOException e) {
      throw new DatabaseException("The file " + file + " cannot be read.", e);
    }
  }

  private static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  private static java.io.File logFile(Path directory) {
    return directory.resolve("postgres.log").toFile();
  }

  /** The remembered port, or a free one when there is none or another program took it. */
  private static int port(Path directory) throws IOException {
    Path file = directory.resolve("port");
    if (Files.exists(file)) {
      int remembered = Integer.parseInt(Files.readString(file).strip());
      if (isFree(remembered)) {
        return remembered;
      }
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = socket.getLocalPort();
      Files.writeString(file, Integer.toString(port));
      return port;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void stopOrphan(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    ProcessHandle orphan = lines.isEmpty() ? null : running(lines.getFirst());
    if (orphan != null) {
      String port = lines.size() > PID_FILE_PORT_LINE ? lines.get(PID_FILE_PORT_LINE) : "unknown";
      log.info("stopping the database server of a killed run pid={} port={}", orphan.pid(), port);
      orphan.destroy();
      awaitExit(orphan);
    }
  }

  /**
   * The postmaster with this process id; null when it is gone or the id belongs to another program.
   */
  private static @Nullable ProcessHandle running(String pid) {
    return ProcessHandle.of(Long.parseLong(pid.strip()))
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().command().map(c -> c.contains("postgres")).orElse(true))
        .orElse(null);
  }

  private static void awaitExit(ProcessHandle orphan) throws IOException {
    try {
      orphan.onExit().get(ORPHAN_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("process " + orphan.pid() + " of a killed run does not stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The database server has no other guardian: when it dies by itself, it is started again. */
  private void watch() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("data/postmaster.pid"));
    ProcessHandle postmaster = running(lines.getFirst());
    if (postmaster == null) {
      restartLater();
    } else {
      postmaster.onExit().thenRun(this::restart);
    }
  }

  private synchronized void restart() {
    if (closed) {
      return;
    }
    log.error("the database server is gone, starting it again port={}", port);
    try {
      postgres.close(); // gives its lock back
      postgres = started();
      watch();
    } catch (IOException | RuntimeException e) {
      // Its children hold their memory until they notice that their parent is dead.
      log.warn("the database server does not start yet", e);
      restartLater();
    }
  }

  private void restartLater() {
    CompletableFuture.delayedExecutor(RESTART_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::restart);
  }

  String jdbcUrl() {
    return url(port);
  }

  String describe() {
    return "embedded, 127.0.0.1:" + port;
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      postgres.close();
    } catch (IOException e) {
      log.warn("the embedded database did not stop cleanly", e);
    }
  }
}
