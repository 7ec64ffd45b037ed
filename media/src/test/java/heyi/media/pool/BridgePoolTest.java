package heyi.media.pool;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.bridge.EmbeddedBridge;
import heyi.media.bridge.EmbeddedBridgeOptions;
import heyi.media.colibri2.AllocationOutcome;
import heyi.media.colibri2.BridgeClient;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeHealth;
import heyi.media.colibri2.BridgeId;
import heyi.media.colibri2.BridgeLoad;
import heyi.media.colibri2.ForceMute;
import heyi.media.colibri2.UpdateOutcome;
import heyi.media.endpoint.UdpPort;
import heyi.media.ice.TransportDescription;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pool over real bridges: checks, drain, loss and return. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class BridgePoolTest {
  private static final PoolOptions QUICK =
      new PoolOptions(
          Duration.ofMillis(50), Duration.ofSeconds(5), 3, 2, Duration.ofMillis(50), null);
  private static final PoolOptions RARE =
      new PoolOptions(
          Duration.ofHours(1), Duration.ofSeconds(5), 3, 2, Duration.ofMillis(50), null);

  private final BlockingQueue<BridgeId> lost = new LinkedBlockingQueue<>();
  private final List<Standing> bridges = new ArrayList<>();
  private Vertx vertx;
  private BridgePool pool;
  private BridgeWarmUp warmUp = BridgeWarmUp.NONE;

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
            warmUp,
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
  void aBridgeIsWarmAfterRealMediaAndNothingOfThemIsLeftOnIt() throws Exception {
    List<ConferenceId> conferences = new CopyOnWriteArrayList<>();
    Standing bridge = bridge("a", 0);
    warmUp = client -> warmUp(Duration.ofSeconds(10)).run(new Watched(client, conferences::add));

    started(QUICK, bridge);

    until(() -> view("a").warmth() == BridgeWarmth.WARM);
    assertThat(conferences.stream().distinct())
        .hasSize(2)
        .allMatch(id -> id.value().startsWith(WarmUpConferences.NAME_PREFIX));
    until(() -> view("a").conferences() == 0);
    assertThat(view("a").rooms()).isZero();
    assertThat(view("a").roomsLost()).isZero();
  }

  @Test
  void aColdBridgeGetsRoomsOnlyWhileNoneIsWarm() throws Exception {
    Promise<Void> warmed = Promise.promise();
    warmUp = client -> client.id().value().equals("b") ? warmed.future() : Future.succeededFuture();
    started(QUICK, bridge("a", 0), bridge("b", 0));

    assertThat(view("b").warmth()).isEqualTo(BridgeWarmth.WARMING);
    for (int i = 0; i < 3; i++) {
      assertThat(pool.place(Set.of()).orElseThrow().client().id().value()).isEqualTo("a");
    }
    pool.drain(new BridgeId("a"));
    assertThat(pool.place(Set.of()).orElseThrow().client().id().value()).isEqualTo("b");
    pool.undrain(new BridgeId("a"));
    warmed.complete();
    assertThat(view("b").warmth()).isEqualTo(BridgeWarmth.WARM);
    assertThat(pool.place(Set.of()).orElseThrow().client().id().value()).isEqualTo("b");
  }

  @Test
  void aWarmUpThatFailsIsRepeatedAndTheBridgeIsNotWarmUntilThen() throws Exception {
    BlockingQueue<Promise<Void>> asked = new LinkedBlockingQueue<>();
    warmUp =
        client -> {
          Promise<Void> promise = Promise.promise();
          asked.add(promise);
          return promise.future();
        };
    started(QUICK, bridge("a", 0));

    asked.poll(20, TimeUnit.SECONDS).fail("no media came through");

    Promise<Void> second = asked.poll(20, TimeUnit.SECONDS);
    assertThat(view("a").accepting()).isTrue();
    assertThat(view("a").warmth()).isNotEqualTo(BridgeWarmth.WARM);
    second.complete();
    until(() -> view("a").warmth() == BridgeWarmth.WARM);
    assertThat(asked).isEmpty();
  }

  @Test
  void aBridgeThatCarriesNoMediaIsNotWarm() throws Exception {
    Standing mute = bridge("a", 0);
    BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    mute.port().close();
    warmUp = client -> warmUp(Duration.ofMillis(300)).run(client).onFailure(failures::add);

    started(RARE, mute);

    assertThat(failures.poll(20, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
    until(() -> view("a").warmth() == BridgeWarmth.COLD);
    assertThat(view("a").accepting()).isTrue();
  }

  @Test
  void aBridgeThatComesBackIsWarmedUpAgain() throws Exception {
    BlockingQueue<BridgeId> warmed = new LinkedBlockingQueue<>();
    warmUp =
        client -> {
          warmed.add(client.id());
          return Future.succeededFuture();
        };
    Standing dying = bridge("a", 0);
    started(QUICK, dying);
    int port = dying.bridge().uri().getPort();

    stop(dying);
    assertThat(lost.poll(20, TimeUnit.SECONDS)).isEqualTo(new BridgeId("a"));
    assertThat(view("a").warmth()).isEqualTo(BridgeWarmth.COLD);
    bridge("a", port);

    until(() -> view("a").warmth() == BridgeWarmth.WARM);
    assertThat(warmed).hasSize(2);
  }

  /** A bridge's client that tells which conferences are made. */
  private record Watched(BridgeClient client, Consumer<ConferenceId> made) implements BridgeClient {
    @Override
    public BridgeId id() {
      return client.id();
    }

    @Override
    public Future<AllocationOutcome> allocate(ConferenceId conference, EndpointId endpoint) {
      made.accept(conference);
      return client.allocate(conference, endpoint);
    }

    @Override
    public Future<UpdateOutcome> update(
        ConferenceId conference,
        EndpointId endpoint,
        @Nullable TransportDescription transport,
        @Nullable List<MediaSource> sources) {
      return client.update(conference, endpoint, transport, sources);
    }

    @Override
    public Future<Void> expireEndpoint(ConferenceId conference, EndpointId endpoint) {
      return client.expireEndpoint(conference, endpoint);
    }

    @Override
    public Future<Void> expireConference(ConferenceId conference) {
      return client.expireConference(conference);
    }

    @Override
    public Future<Void> forceMute(ConferenceId conference, EndpointId endpoint, ForceMute mute) {
      return client.forceMute(conference, endpoint, mute);
    }

    @Override
    public Future<BridgeHealth> health() {
      return client.health();
    }

    @Override
    public Future<BridgeLoad> load() {
      return client.load();
    }
  }

  private WarmUpConferences warmUp(Duration timeout) {
    return new WarmUpConferences(
        vertx,
        InstantSource.system(),
        RandomGenerator.getDefault(),
        new WarmUpConferences.Options(2, Duration.ofMillis(100), timeout));
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
