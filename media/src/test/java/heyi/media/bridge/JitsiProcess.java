package heyi.media.bridge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Jitsi Videobridge of a test's own, which may be stopped and may be as impatient as the test
 * needs. {@value #VARIABLE} holds the command that becomes it, with {@code {config}} for the path
 * of its configuration.
 */
final class JitsiProcess implements AutoCloseable {
  static final String VARIABLE = "HEYI_TEST_JVB_COMMAND";

  /** A JVM that starts beside others on two cores. */
  private static final int START_SECONDS = 60;

  private static final String CONFIG =
      """
      videobridge {
        apis.rest.enabled = true
        apis.xmpp-client.configs = {}
        sctp.enabled = false
        health.require-valid-address = false
        http-servers {
          private { host = 127.0.0.1, port = %1$d }
          public { host = 127.0.0.1, port = %2$d }
        }
        websockets { enabled = true, tls = false, domains = ["127.0.0.1:%2$d"], server-id = "test" }
        ice { udp.port = %3$d, advertise-private-candidates = true }
        cc.initial-max-height-px = 720
      }
      ice4j.harvest {
        use-ipv6 = false, use-link-local-addresses = false, mapping.aws.enabled = false
      }
      %4$s
      """;

  private final Process process;
  private final URI root;

  private JitsiProcess(Process process, URI root) {
    this.process = process;
    this.root = root;
  }

  static boolean isNamed() {
    return System.getenv(VARIABLE) != null;
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param folder takes its configuration and its log
   * @param more lines of its configuration
   */
  static JitsiProcess start(Vertx vertx, Path folder, String more) throws Exception {
    int http = freePort();
    int sockets = freePort();
    Path config = folder.resolve("jvb.conf");
    Files.writeString(
        config, String.format(Locale.ROOT, CONFIG, http, sockets, freeUdpPort(), more));
    List<String> command =
        Stream.of(System.getenv(VARIABLE).split(" "))
            .map(word -> word.replace("{config}", config.toString()))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("jvb.log").toFile())
            .start();
    JitsiProcess started = new JitsiProcess(process, URI.create("http://127.0.0.1:" + http));
    started.awaitHealth(vertx);
    return started;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static int freeUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    }
  }

  private void awaitHealth(Vertx vertx) throws Exception {
    HttpClient http = vertx.createHttpClient();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    boolean healthy = false;
    while (!healthy) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new IllegalStateException("Jitsi Videobridge did not start");
      }
      BridgeUnderTest.await(vertx.timer(200, TimeUnit.MILLISECONDS));
      healthy =
          BridgeUnderTest.await(
              http.request(HttpMethod.GET, root.getPort(), root.getHost(), "/about/health")
                  .compose(HttpClientRequest::send)
                  .map(answer -> answer.statusCode() == 200)
                  .otherwise(false));
    }
    BridgeUnderTest.await(http.close());
  }

  URI root() {
    return root;
  }

  /** True when it ended by itself within so many seconds. */
  boolean endsWithin(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
