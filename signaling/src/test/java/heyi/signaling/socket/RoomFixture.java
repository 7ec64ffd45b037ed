package heyi.signaling.socket;

import heyi.media.colibri2.BridgeId;
import heyi.media.pool.BridgePool;
import heyi.media.pool.BridgeWarmUp;
import heyi.media.pool.PoolOptions;
import heyi.media.pool.PooledBridge;
import heyi.signaling.quality.QualityLimits;
import heyi.signaling.room.Role;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.RoomSpec;
import heyi.signaling.room.SeatId;
import heyi.signaling.room.SeatSpec;
import heyi.signaling.turn.TurnCredentials;
import heyi.signaling.turn.TurnOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One room on a loopback web socket, with a fake bridge and a recorder that is there at once. */
final class RoomFixture implements AutoCloseable {
  static final RoomId ROOM = new RoomId("room-1");
  static final RoomLimits PATIENT = RoomLimits.DEFAULT;

  private static final long PATIENCE_SECONDS = 20;
  private static final int SMALL_BUFFER = 4 * 1024;
  private static final Map<String, SeatOutcome> TOKENS =
      Map.of(
          "m", known("mediator"),
          "1", known("party-1"),
          "2", known("party-2"),
          "foreign", known("party-9"),
          "nowhere", new SeatOutcome.Known(new RoomId("room-9"), new SeatId("party-1")),
          "old", new SeatOutcome.UsedUp());

  final Vertx vertx = Vertx.vertx();

  /** What the TURN server shares with the room. */
  static final TurnOptions TURN =
      new TurnOptions(
          List.of("turn:turn.example:3478?transport=udp"), "north", Duration.ofHours(1), false);

  final FakeBridge bridge;

  /** Takes part only after being undrained. */
  final FakeBridge spare;

  final BridgePool pool;
  final RoomService rooms;
  private final BlockingQueue<RoomEvent> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<SeatQuality> qualities = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
  private final HttpServer server;
  private final WebSocketClient client;

  /** Whether the recorder connects and receives as soon as it is asked for. */
  volatile boolean recorderIsThere = true;

  /** What the next look at a token fails with, once. */
  volatile boolean tokensFail;

  RoomFixture(RoomLimits limits) throws Exception {
    bridge = new FakeBridge(FakeBridge.ID, calls::add);
    spare = new FakeBridge(new BridgeId("spare"), calls::add);
    pool =
        new BridgePool(
            vertx,
            InstantSource.system(),
            PoolOptions.DEFAULT,
            BridgeWarmUp.NONE,
            List.of(
                new PooledBridge(bridge, URI.create("http://bridge"), null),
                new PooledBridge(spare, URI.create("http://spare"), null)));
    pool.drain(spare.id());
    await(pool.start());
    TurnCredentials turn = new TurnCredentials(TURN, InstantSource.system());
    rooms =
        new RoomService(
            vertx,
            InstantSource.system(),
            limits,
            this::look,
            new MediaAccess(pool, turn),
            this::happened,
            this::measured);
    server =
        await(
            vertx
                .createHttpServer(
                    new HttpServerOptions()
                        .setMaxWebSocketFrameSize(128 * 1024)
                        .setSendBufferSize(SMALL_BUFFER)
                        .setWebSocketClosingTimeout(1))
                .webSocketHandler(rooms::accept)
                .listen(0, "127.0.0.1"));
    client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(256 * 1024)
                .setMaxMessageSize(256 * 1024)
                .setMaxConnections(20)
                .setReceiveBufferSize(SMALL_BUFFER));
    await(
        rooms.open(
            new RoomSpec(
                ROOM,
                "示调〔2026〕1号",
                List.of(
                    new SeatSpec(new SeatId("mediator"), Role.MEDIATOR, "林调解", "mediator"),
                    new SeatSpec(new SeatId("party-1"), Role.PARTY, "陈示例", "party-1"),
                    new SeatSpec(new SeatId("party-2"), Role.PARTY, "示例银行", "party-2")))));
  }

  /** Long for pages that a test reloads, short for a test that waits for it. */
  static final Duration ABSENCE = Duration.ofMillis(1_500);

  static RoomLimits limits(Duration joinWithin, Duration grace, Duration retry, int perSecond) {
    return new RoomLimits(
        joinWithin,
        Duration.ofSeconds(25),
        grace,
        ABSENCE,
        retry,
        retry,
        retry,
        perSecond,
        SMALL_BUFFER,
        10,
        QualityLimits.DEFAULT);
  }

  private static SeatOutcome known(String seat) {
    return new SeatOutcome.Known(ROOM, new SeatId(seat));
  }

  private Future<SeatOutcome> look(String token) {
    if (tokensFail) {
      tokensFail = false;
      return Future.failedFuture(new IllegalStateException("no database"));
    }
    return Future.succeededFuture(TOKENS.getOrDefault(token, new SeatOutcome.Unknown()));
  }

  private void measured(SeatQuality quality) {
    qualities.add(quality);
  }

  /** The next report that the room passes on. */
  SeatQuality nextQuality() throws InterruptedException {
    var quality = qualities.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (quality == null) {
      throw new AssertionError("no quality was passed on");
    }
    return quality;
  }

  private void happened(RoomEvent event) {
    events.add(event);
    if (event instanceof RoomEvent.RecordingRequested request && recorderIsThere) {
      rooms
          .tell(request.room(), new ServerFact.RecorderReady(request.conference()))
          .compose(
              ignored ->
                  rooms.tell(
                      request.room(), new ServerFact.RecorderReceiving(request.conference())));
    }
  }

  void tell(ServerFact fact) throws Exception {
    await(rooms.tell(ROOM, fact));
  }

  /** A page that has not said anything. */
  Page page() throws Exception {
    return Page.open(vertx, client, server.actualPort());
  }

  int port() {
    return server.actualPort();
  }

  /** A fresh page that has joined and heard its welcome. */
  Page joined(String token) throws Exception {
    return joined(token, false);
  }

  Page joined(String token, boolean resume) throws Exception {
    var page = page();
    page.say(Page.join(token, resume));
    page.next("welcome");
    return page;
  }

  /** The next event of a kind; others before it are passed over. */
  <E extends RoomEvent> E next(Class<E> kind) throws InterruptedException {
    while (true) {
      var event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no " + kind.getSimpleName() + " happened");
      }
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  /** Waits until the bridge is told this. */
  void told(String call) throws InterruptedException {
    while (true) {
      var made = calls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (made == null) {
        throw new AssertionError("the bridge was not told: " + call + " but " + bridge.calls);
      }
      if (made.startsWith(call)) {
        return;
      }
    }
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    await(vertx.close());
  }
}
