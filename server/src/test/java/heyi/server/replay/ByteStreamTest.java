package heyi.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.server.sql.Blocking;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes over a real connection, at a pace. */
@Timeout(20)
final class ByteStreamTest {
  private static final int PROMPT = 100_000;
  private static final int STEP = 70_000;
  private static final long EVERY_NANOS = ByteStream.Pace.EVERY.toNanos();

  private final byte[] content = new byte[PROMPT + STEP + 1];
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Vertx vertx = Vertx.vertx();
  private final Blocking blocking = new Blocking(vertx, 4);

  @BeforeEach
  void fill() {
    new SplittableRandom(1).nextBytes(content);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    blocking.close();
  }

  @Test
  void whatIsBehindThePromptBytesComesStepByStepAndWhole() throws Exception {
    URI uri = serve(new ByteStream.Pace(PROMPT, STEP));
    try (HttpClient client = HttpClient.newHttpClient();
        InputStream in = open(client, uri)) {
      final long begun = System.nanoTime();

      byte[] first = in.readNBytes(PROMPT);
      byte[] rest = in.readAllBytes();

      // A timer may be a little early by the clock of the one who waits.
      assertThat(System.nanoTime() - begun).isGreaterThan(2 * EVERY_NANOS - EVERY_NANOS / 2);
      assertThat(first).isEqualTo(Arrays.copyOf(content, PROMPT));
      assertThat(rest).isEqualTo(Arrays.copyOfRange(content, PROMPT, content.length));
    }
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoLeavesBetweenTwoStepsHoldsTheFileOpenNoLonger() throws Exception {
    URI uri = serve(new ByteStream.Pace(PROMPT, 1));
    try (HttpClient client = HttpClient.newHttpClient()) {
      InputStream in = open(client, uri);
      in.readNBytes(PROMPT);

      in.close();

      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private URI serve(ByteStream.Pace pace) throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    ByteStream.copy(
                        blocking,
                        watched(),
                        content.length,
                        pace,
                        request
                            .response()
                            .putHeader("Content-Length", Integer.toString(content.length))))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/");
  }

  private InputStream watched() {
    return new ByteArrayInputStream(content) {
      @Override
      public void close() {
        closed.countDown();
      }
    };
  }

  private static InputStream open(HttpClient client, URI uri) throws Exception {
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream())
        .body();
  }
}
