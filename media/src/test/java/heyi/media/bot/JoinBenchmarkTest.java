package heyi.media.bot;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.bot.JoinBenchmark.Join;
import heyi.media.bot.JoinBenchmark.Report;
import heyi.media.bridge.EmbeddedBridge;
import heyi.media.bridge.EmbeddedBridgeOptions;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeId;
import heyi.media.endpoint.UdpPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JoinBenchmarkTest {
  /** The first endpoint of a process loads classes; seen to take 5 s on an overloaded machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void percentilesAreOfTheNearestRank() {
    List<Join> joins =
        IntStream.rangeClosed(1, 20)
            .mapToObj(i -> Duration.ofMillis(i * 10L))
            .map(each -> new Join(each, each, each, each))
            .toList();

    Report report = new Report(joins);

    assertThat(report.firstPicturePercentile(50)).isEqualTo(Duration.ofMillis(100));
    assertThat(report.firstPicturePercentile(95)).isEqualTo(Duration.ofMillis(190));
    assertThat(report.firstPicturePercentile(100)).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  @Timeout(60)
  void itMeasuresJoinsOnABridge() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (UdpPort port = UdpPort.open(InetAddress.getLoopbackAddress(), 0)) {
      EmbeddedBridge bridge =
          await(EmbeddedBridge.start(vertx, port, EmbeddedBridgeOptions.DEFAULT));
      try (BridgeClientHttp client =
          BridgeClientHttp.create(
              vertx, new BridgeClientOptions(new BridgeId("embedded"), bridge.uri(), PATIENCE))) {
        Report report =
            await(
                new JoinBenchmark(
                        vertx, client, InstantSource.system(), RandomGenerator.getDefault())
                    .run(3));

        assertThat(report.joins()).hasSize(3);
        Join join = report.joins().getLast();
        assertThat(join.firstPicture()).isGreaterThanOrEqualTo(join.connected());
        System.out.println("join to first picture: " + report.firstPicturePercentile(50));
      } finally {
        await(bridge.close());
      }
    } finally {
      await(vertx.close());
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(40, TimeUnit.SECONDS);
  }
}
