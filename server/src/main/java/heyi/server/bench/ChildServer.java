package heyi.server.bench;

import heyi.server.demo.ApiClient;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server in a process of its own, started as an operator starts it, so that its processor time
 * and memory are not mixed with those of the participants.
 */
public final class ChildServer implements AutoCloseable {
  private static final Pattern HTTP = Pattern.compile(".*HTTP +127\\.0\\.0\\.1:(\\d+).*");
  private static final Pattern READY = Pattern.compile(".*ready in ([0-9.]+) s.*");
  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

  private final Process process;
  private final Path data;
  private final int port;
  private final double startSeconds;

  private ChildServer(Process process, Path data, int port, double startSeconds) {
    this.process = process;
    this.data = data;
    this.port = port;
    this.startSeconds = startSeconds;
  }

  /** Starts on the folder and waits until the server says that it is ready. */
  public static ChildServer start(Path data) throws IOException {
    return start(data, Map.of());
  }

  /** As above, with settings given as environment variables. */
  public static ChildServer start(Path data, Map<String, String> settings) throws IOException {
    return start(data, settings, "heyi.server.boot.Main");
  }

  /** As above, with another main class that takes the same arguments. */
  public static ChildServer start(Path data, Map<String, String> settings, String main)
      throws IOException {
    List<String> command = new ArrayList<>(java());
    command.addAll(List.of(main, "up", "--port", "0", "--https-port", "0"));
    command.addAll(List.of("--data", data.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(data.resolve("server.log").toFile()));
    builder.environment().put("HEYI_MEDIA_UDP_PORT", "0");
    builder.environment().put("HEYI_INVITATIONS_ATTEMPTS_PER_MINUTE", "100000");
    builder.environment().putAll(settings);
    Files.createDirectories(data);
    Process process = builder.start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    int port = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher http = HTTP.matcher(line);
      Matcher ready = READY.matcher(line);
      if (http.matches()) {
        port = Integer.parseInt(http.group(1));
      } else if (ready.matches()) {
        Thread.ofVirtual().name("child-output").start(() -> drain(lines));
        return new ChildServer(process, data, port, Double.parseDouble(ready.group(1)));
      }
    }
    throw new IOException("the server did not start, see " + data.resolve("server.log"));
  }

  /** Java as this process was run; the main class is to follow. */
  static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    return command;
  }

  private static void drain(BufferedReader lines) {
    try {
      lines.transferTo(java.io.Writer.nullWriter());
    } catch (IOException _) {
      // the server has stopped
    }
  }

  /** The processes that it started, and theirs. */
  public Stream<ProcessHandle> descendants() {
    return process.descendants();
  }

  /** The embedded database. */
  public ProcessHandle database() throws IOException {
    Path pidFile = data.resolve("postgres/data/postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    return ProcessHandle.of(pid).orElseThrow(() -> new IOException("no database process " + pid));
  }

  /** Port of plain HTTP. */
  public int port() {
    return port;
  }

  double startSeconds() {
    return startSeconds;
  }

  /** The demo mediator, signed in. */
  ApiClient mediator(Vertx vertx) throws IOException {
    ApiClient client = new ApiClient(vertx, "127.0.0.1", port);
    client.login("mediator", mediatorPassword());
    return client;
  }

  /** Password of the demo mediator. */
  public String mediatorPassword() throws IOException {
    return password("mediator");
  }

  /** Password of the demo operator. */
  String operatorPassword() throws IOException {
    return password("operator");
  }

  /** Password of the demo auditor. */
  public String auditorPassword() throws IOException {
    return password("auditor");
  }

  /** Password of the demo clerk. */
  public String clerkPassword() throws IOException {
    return password("clerk");
  }

  private String password(String user) throws IOException {
    Properties logins = new Properties();
    try (Reader reader = Files.newBufferedReader(data.resolve("demo-logins.properties"))) {
      logins.load(reader);
    }
    return logins.getProperty(user, "");
  }

  /** Processor time of the server's JVM until now. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Its JVM; the database is not in it. */
  Stream<ProcessHandle> process() {
    return Stream.of(process.toHandle());
  }

  /** Memory of the server's JVM in kilobytes. */
  long serverMemoryKilobytes() throws IOException {
    return memoryKilobytes(process.pid());
  }

  /** Memory of the embedded database, all its processes, shared pages counted once. */
  long databaseMemoryKilobytes() throws IOException {
    Path pidFile = data.resolve("postgres/data/postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    long sum = memoryKilobytes(pid);
    List<ProcessHandle> children =
        ProcessHandle.of(pid).map(ProcessHandle::descendants).orElse(Stream.empty()).toList();
    for (ProcessHandle child : children) {
      sum += memoryKilobytes(child.pid());
    }
    return sum;
  }

  /** Proportional set size: resident memory, shared pages divided among those who share them. */
  private static long memoryKilobytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
      if (line.startsWith("Pss:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no memory figures for process " + pid);
  }

  /**
   * Asks it to finish its recordings and to stop, as an operator does (TERM), and waits until it is
   * gone.
   *
   * @return its exit code; that of a killed process when it does not stop in time
   */
  public int terminate() throws InterruptedException {
    close();
    return process.waitFor();
  }

  /** Ends it at once, as a power cut does, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
