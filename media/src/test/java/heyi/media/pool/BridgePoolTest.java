package heyi.media.pool;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.bridge.EmbeddedBridge;
import heyi.media.bridge.EmbeddedBridgeOptions;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeId;
import heyi.media.endpoint.UdpPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pool over real bridges: checks, drain, loss and return. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class BridgePoolTest {
  private static final PoolOptions QUICK =
      new PoolOptions(Duration.ofMillis(50), Duration.ofSeconds(5), 3, 2, null);
  private static final PoolOptions RARE =
      new PoolOptions(Duration.ofHours(1), Duration.ofSeconds(5), 3, 2, null);

  private final BlockingQueue<BridgeId> lost = new LinkedBlockingQueue<>();
  private final List<Standing> bridges = new ArrayList<>();
  private Vertx vertx;
  private BridgePool pool;

  /** A bridge with its port and client. */
  private record Standing(UdpPort port, EmbeddedBridge bridge, BridgeClientHttp client) {
    PooledBridge pooled() {
      return new PooledBridge(client, bridge.uri(), null);
    }
  }

  /** The bridge is gone, but its client is still asked. */
  private void stop(Standing dying) throws Exception {
    bridges.remove(dying);
    await(dying.bridge().close());
    dying.port().close();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() throws Exception {
    pool.close();
    for (Standing each : List.copyOf(bridges)) {
      stop(each);
    }
    await(vertx.close());
  }

  private Standing bridge(String id, int httpPort) throws Exception {
    UdpPort port = UdpPort.open(InetAddress.getLoopbackAddress(), 0);
    EmbeddedBridge bridge =
        await(
            EmbeddedBridge.start(
                vertx, port, EmbeddedBridgeOptions.DEFAULT.withHttpPort(httpPort)));
    Standing made =
        new Standing(
            port,
            bridge,
            BridgeClientHttp.create(vertx, BridgeClientOptions.of(new BridgeId(id), bridge.uri())));
    bridges.add(made);
    return made;
  }

  private BridgePool started(PoolOptions options, Standing... of) throws Exception {
    pool =
        new BridgePool(
            vertx,
            InstantSource.system(),
            options,
            List.of(of).stream().map(Standing::pooled).toList());
    pool.onLost(lost::add);
    await(pool.start());
    return pool;
  }

  private BridgeView view(String id) {
    return pool.bridge(new BridgeId(id)).orElseThrow();
  }

  /** The answer to a condition that becomes true by itself, asked at each check. */
  private void until(java.util.function.BooleanSupplier condition) throws Exception {
    while (!condition.getAsBoolean()) {
      await(vertx.timer(10, TimeUnit.MILLISECONDS));
    }
  }

  @Test
  void bridgesAreKnownAfterTheFirstRound() throws Exception {
    started(RARE, bridge("a", 0), bridge("b", 0));

    assertThat(pool.bridges()).extracting(view -> view.id().value()).containsExactly("a", "b");
    assertThat(view("a").standing()).isEqualTo(BridgeStanding.HEALTHY);
    assertThat(view("a").version()).isEqualTo("heyi-embedded");
    assertThat(view("a").checkedAt()).isNotNull();
  }

  @Test
  void roomsTakeTurnsAndAreCounted() throws Exception {
    started(RARE, bridge("a", 0), bridge("b", 0));

    Placement first = pool.place(Set.of()).orElseThrow();
    Placement second = pool.place(Set.of()).orElseThrow();

    assertThat(first.client().id()).isNotEqualTo(second.client().id());
    assertThat(view("a").rooms() + view("b").rooms()).isEqualTo(2);
    first.giveBack(Placement.Reason.ENDED);
    first.giveBack(Placement.Reason.FAILED);
    assertThat(view("a").rooms() + view("b").rooms()).isEqualTo(1);
    assertThat(view("a").roomsLost() + view("b").roomsLost()).isZero();
  }

  @Test
  void aDrainedBridgeGetsNoNewRoomsAndKeepsItsOwn() throws Exception {
    started(RARE, bridge("a", 0), bridge("b", 0));
    Placement kept = pool.place(Set.of()).orElseThrow();

    assertThat(pool.drain(new BridgeId("a")).orElseThrow().accepting()).isFalse();

    for (int i = 0; i < 5; i++) {
      assertThat(pool.place(Set.of()).orElseThrow().client().id().value()).isEqualTo("b");
    }
    assertThat(kept.client().id().value()).isEqualTo("a");
    assertThat(view("a").rooms()).isEqualTo(1);
    pool.drain(new BridgeId("b"));
    assertThat(pool.place(Set.of())).isEmpty();
    pool.undrain(new BridgeId("a"));
    assertThat(pool.place(Set.of())).isPresent();
    assertThat(pool.drain(new BridgeId("nobody"))).isEmpty();
  }

  @Test
  void aBridgeThatDrainsItselfGetsNoNewRooms() throws Exception {
    Standing draining = bridge("a", 0);
    started(QUICK, draining, bridge("b", 0));
    HttpClient http = vertx.createHttpClient();

    await(
        http.request(
                HttpMethod.POST,
                draining.bridge().uri().getPort(),
                "127.0.0.1",
                "/colibri/drain/enable")
            .compose(request -> request.send()));

    until(() -> view("a").drainingItself());
    assertThat(view("a").draining()).isFalse();
    assertThat(pool.place(Set.of()).orElseThrow().client().id().value()).isEqualTo("b");
  }

  @Test
  void aBridgeThatDiesIsOutIsToldAndComesBackByItself() throws Exception {
    Standing dying = bridge("a", 0);
    started(QUICK, dying, bridge("b", 0));
    int port = dying.bridge().uri().getPort();

    stop(dying);

    assertThat(lost.poll(20, TimeUnit.SECONDS)).isEqualTo(new BridgeId("a"));
    assertThat(view("a").standing()).isEqualTo(BridgeStanding.OUT);
    assertThat(pool.place(Set.of()).orElseThrow().client().id().value()).isEqualTo("b");
    bridge("a", port);
    until(() -> view("a").accepting());
  }

  @Test
  void aRoomsWordBringsTheLossToLightWithoutWaitingForTheNextRound() throws Exception {
    Standing dying = bridge("a", 0);
    started(RARE, dying);
    Placement placed = pool.place(Set.of()).orElseThrow();
    Placement other = pool.place(Set.of()).orElseThrow();
    stop(dying);

    placed.giveBack(Placement.Reason.FAILED);

    assertThat(lost.poll(20, TimeUnit.SECONDS)).isEqualTo(new BridgeId("a"));
    assertThat(view("a").roomsLost()).isEqualTo(1);
    assertThat(view("a").rooms()).isEqualTo(1);
    other.giveBack(Placement.Reason.ENDED);
  }

  @Test
  void aWrongWordIsForgivenAtTheNextAnswer() throws Exception {
    started(RARE, bridge("a", 0));

    pool.place(Set.of()).orElseThrow().giveBack(Placement.Reason.FAILED);

    until(() -> view("a").accepting());
    assertThat(lost).isEmpty();
  }
}
