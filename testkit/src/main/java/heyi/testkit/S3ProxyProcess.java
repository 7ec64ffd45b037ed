package heyi.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A real S3 server (S3Proxy on a directory) as a child process with its own class path. */
public final class S3ProxyProcess implements AutoCloseable {
  /** Access key. */
  public static final String IDENTITY = "heyi-test";

  /** Secret key. */
  public static final String CREDENTIAL = "heyi-test-secret";

  /** Its jars, as seen from the modules whose tests use it. */
  private static final List<Path> LIBRARIES =
      List.of(Path.of("s3proxy/target/lib"), Path.of("../recording/s3proxy/target/lib"));

  private final Process process;
  private final Path directory;
  private final int port;

  private S3ProxyProcess(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  /** Starts it and waits until it says that it listens. */
  public static S3ProxyProcess start(Path directory) throws IOException {
    return start(directory, freePort());
  }

  /** Kills it at once, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again after a kill, on the same port and with what it had kept. */
  public S3ProxyProcess again() throws IOException {
    return start(directory, port);
  }

  /** Starts it on a port that was chosen before, for those who wait for it there. */
  public static S3ProxyProcess startOn(Path directory, int port) throws IOException {
    return start(directory, port);
  }

  private static S3ProxyProcess start(Path directory, int port) throws IOException {
    Path libraries =
        LIBRARIES.stream()
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no S3Proxy in " + LIBRARIES + ": build recording/s3proxy"));
    Path data = Files.createDirectories(directory.resolve("data"));
    Path properties = directory.resolve("s3proxy.conf");
    Files.writeString(
        properties,
        String.format(
            Locale.ROOT,
            """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        """,
            port,
            IDENTITY,
            CREDENTIAL,
            data));
    Files.writeString(
        directory.resolve("logback.xml"),
        """
        <configuration>
          <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%msg%n</pattern></encoder>
          </appender>
          <root level="info"><appender-ref ref="out"/></root>
        </configuration>
        """);
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:+UseSerialGC", // it lives for seconds
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    directory + ":" + libraries.toAbsolutePath() + "/*",
                    "org.gaul.s3proxy.Main",
                    "--properties",
                    properties.toString()))
            .redirectErrorStream(true)
            .start();
    awaitListening(process);
    return new S3ProxyProcess(process, directory, port);
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static void awaitListening(Process process) throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder seen = new StringBuilder();
    String line = lines.readLine();
    while (line != null) {
      seen.append(line).append('\n');
      if (line.contains("Started") && line.contains("Connector")) {
        Thread.ofVirtual().name("s3proxy-output").start(() -> lines.lines().forEach(rest -> {}));
        return;
      }
      line = lines.readLine();
    }
    throw new IOException("S3Proxy did not start:\n" + seen);
  }

  /** A port that nobody listens on now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
