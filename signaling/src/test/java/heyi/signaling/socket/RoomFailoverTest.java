package heyi.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.media.EndpointId;
import heyi.media.SourceName;
import heyi.media.bot.MediaBot;
import heyi.media.bridge.EmbeddedBridge;
import heyi.media.bridge.EmbeddedBridgeOptions;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeId;
import heyi.media.endpoint.UdpPort;
import heyi.media.pool.BridgePool;
import heyi.media.pool.BridgeWarmUp;
import heyi.media.pool.PoolOptions;
import heyi.media.pool.PooledBridge;
import heyi.signaling.room.Phase;
import heyi.signaling.room.Role;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomEvent.RecordingRequested;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.RoomSpec;
import heyi.signaling.room.SeatId;
import heyi.signaling.room.SeatSpec;
import heyi.signaling.turn.TurnCredentials;
import heyi.signaling.turn.TurnOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A room whose bridge fails goes on over another, with real media")
@Timeout(90)
@SuppressWarnings("NullAway.Init")
class RoomFailoverTest {
  /** Far above what it takes, for an overloaded machine; `heyi bench failover` measures. */
  private static final long PATIENCE_SECONDS = 30;

  private static final Duration SOON = Duration.ofSeconds(PATIENCE_SECONDS);
  private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();
  private static final RoomId ROOM = new RoomId("room-1");
  private static final Map<String, SeatId> TOKENS =
      Map.of("m", new SeatId("mediator"), "1", new SeatId("party-1"), "2", new SeatId("party-2"));
  private static final SourceName VIDEO = new SourceName("party-1-1-v0");
  private static final PoolOptions QUICK =
      new PoolOptions(
          Duration.ofMillis(200), Duration.ofSeconds(5), 3, 2, Duration.ofMillis(50), null);

  private final BlockingQueue<RoomEvent> events = new LinkedBlockingQueue<>();
  private final List<Participant> people = new ArrayList<>();
  private final Map<String, Standing> bridges = new HashMap<>();
  private Vertx vertx;
  private BridgePool pool;
  private RoomService rooms;
  private HttpServer server;

  /** A bridge that can be killed. */
  private record Standing(UdpPort port, EmbeddedBridge bridge, BridgeClientHttp client) {}

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @BeforeEach
  void begin() {
    vertx = Vertx.vertx();
  }

  private void open(String... ids) throws Exception {
    List<PooledBridge> pooled = new ArrayList<>();
    for (String id : ids) {
      Standing started = bridge(id, 0);
      pooled.add(new PooledBridge(started.client(), started.bridge().uri(), null));
    }
    pool = new BridgePool(vertx, InstantSource.system(), QUICK, BridgeWarmUp.NONE, pooled);
    await(pool.start());
    rooms =
        new RoomService(
            vertx,
            InstantSource.system(),
            RoomLimits.DEFAULT,
            token -> Future.succeededFuture(new SeatOutcome.Known(ROOM, TOKENS.get(token))),
            new MediaAccess(pool, new TurnCredentials(TurnOptions.NONE, InstantSource.system())),
            this::happened,
            ignored -> {});
    server = await(vertx.createHttpServer().webSocketHandler(rooms::accept).listen(0, LOOPBACK));
    await(
        rooms.open(
            new RoomSpec(
                ROOM,
                "示调〔2026〕1号",
                List.of(
                    new SeatSpec(new SeatId("mediator"), Role.MEDIATOR, "李调解", "mediator"),
                    new SeatSpec(new SeatId("party-1"), Role.PARTY, "张三", "party-1"),
                    new SeatSpec(new SeatId("party-2"), Role.PARTY, "示例银行", "party-2")))));
    for (String token : List.of("m", "1", "2")) {
      Participant person = new Participant(vertx);
      people.add(person);
      await(person.room().join(LOOPBACK, server.actualPort(), token, false, SOON));
    }
    people.getFirst().room().advance(Phase.OPENING);
    for (Participant person : people) {
      await(person.bot().compose(bot -> bot.when(seen -> Participant.hears(seen, 2))));
    }
    people.getFirst().room().advance(Phase.JOINT);
    await(people.getLast().room().phase(Phase.JOINT, SOON));
  }

  @AfterEach
  void end() throws Exception {
    people.forEach(Participant::close);
    pool.close();
    for (String id : List.copyOf(bridges.keySet())) {
      kill(id);
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
    bridges.put(id, made);
    return made;
  }

  /** Its media port goes first, so that nothing can say goodbye over it. */
  private void kill(String id) throws Exception {
    Standing dying = bridges.remove(id);
    dying.port().close();
    await(dying.bridge().close());
  }

  /** Stands in for the server: the recorder is there at once. */
  private void happened(RoomEvent event) {
    events.add(event);
    if (event instanceof RecordingRequested request) {
      rooms
          .tell(ROOM, new ServerFact.RecorderReady(request.conference()))
          .compose(
              ignored -> rooms.tell(ROOM, new ServerFact.RecorderReceiving(request.conference())));
    }
  }

  private RecordingRequested nextRequest() throws Exception {
    while (true) {
      RoomEvent event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("the recorder was not asked for");
      }
      if (event instanceof RecordingRequested request) {
        return request;
      }
    }
  }

  private List<Future<MediaBot>> nextBots() {
    return people.stream().map(Participant::nextBot).toList();
  }

  private static void everybodyHearsAll(List<Future<MediaBot>> bots) throws Exception {
    for (Future<MediaBot> bot : bots) {
      await(bot.compose(made -> made.when(seen -> Participant.hears(seen, 2))));
    }
  }

  @Test
  void everybodyIsBackWhenTheBridgeDies() throws Exception {
    open("a", "b");
    RecordingRequested before = nextRequest();
    String first = before.bridge().id().value();
    List<Future<MediaBot>> again = nextBots();
    Future<JsonNode> paused = people.getLast().room().phase(Phase.PAUSED, SOON);

    kill(first);

    everybodyHearsAll(again);
    RecordingRequested after = nextRequest();
    assertThat(after.bridge().id()).isNotEqualTo(before.bridge().id());
    assertThat(after.conference()).isNotEqualTo(before.conference());
    assertThat(await(paused).path("pausedReason").asText()).isEqualTo("recorder");
    var state = await(people.getLast().room().phase(Phase.JOINT, SOON));
    assertThat(state.path("recording").asText()).isEqualTo("receiving");
    assertThat(pool.bridge(before.bridge().id()).orElseThrow().roomsLost()).isEqualTo(1);
    assertThat(pool.bridge(after.bridge().id()).orElseThrow().rooms()).isEqualTo(1);
  }

  @Test
  void anEvacuatedRoomMovesAndLeavesNothingBehind() throws Exception {
    open("a", "b");
    BridgeId left = nextRequest().bridge().id();
    pool.drain(left);
    List<Future<MediaBot>> again = nextBots();

    assertThat(await(rooms.evacuate(left))).isEqualTo(1);

    everybodyHearsAll(again);
    assertThat(nextRequest().bridge().id()).isNotEqualTo(left);
    assertThat(await(bridges.get(left.value()).client().load()).conferences()).isZero();
    assertThat(await(rooms.evacuate(left))).isZero();
  }

  @Test
  void withoutAnotherBridgeTheRoomWaitsForItsOwn() throws Exception {
    open("a");
    final int port = bridges.get("a").bridge().uri().getPort();
    nextRequest();
    List<Future<MediaBot>> again = nextBots();

    kill("a");
    var state = await(people.getLast().room().phase(Phase.PAUSED, SOON));
    assertThat(state.path("recording").asText()).isEqualTo("failed");
    assertThat(events).noneMatch(RecordingRequested.class::isInstance);
    bridge("a", port);

    everybodyHearsAll(again);
    nextRequest();
  }

  @Test
  void aSeatWhoseEndpointTheBridgeRemovedGetsAnother() throws Exception {
    open("a");
    RecordingRequested request = nextRequest();
    Future<MediaBot> again = people.getLast().nextBot();

    await(
        bridges
            .get("a")
            .client()
            .expireEndpoint(request.conference(), new EndpointId("party-2-1")));

    await(again.compose(made -> made.when(seen -> Participant.hears(seen, 2))));
    assertThat(await(people.getFirst().room().phase(Phase.JOINT, SOON))).isNotNull();
  }

  @Test
  void aConferenceThatTheBridgeForgotBeginsAnewWithoutAnybodysWord() throws Exception {
    open("a");
    RecordingRequested before = nextRequest();
    List<Future<MediaBot>> again = nextBots();

    await(bridges.get("a").client().expireConference(before.conference()));

    everybodyHearsAll(again);
    assertThat(nextRequest().conference()).isNotEqualTo(before.conference());
  }

  @Test
  void everybodyHearsWhoSpeaks() throws Exception {
    open("a");
    var told =
        people
            .getLast()
            .room()
            .next("dominant-speaker", said -> said.path("seatId").asText().equals("party-1"), SOON);

    await(people.get(1).bot()).speak();

    await(told);
  }

  @Test
  void whatNobodyShowsIsToldToItsSender() throws Exception {
    open("a");
    var mediator = people.getFirst().room();
    var nobody = constraint(height -> height == 0);

    mediator.viewing(0, Map.of());
    people.getLast().room().viewing(0, Map.of());

    assertThat(await(nobody).path("source").asText()).isEqualTo(VIDEO.value());
    var somebody = constraint(height -> height == 360);
    mediator.viewing(0, Map.of(VIDEO, 360));
    await(somebody);
  }

  private Future<JsonNode> constraint(IntPredicate height) {
    return people
        .get(1)
        .room()
        .next("sender-constraint", said -> height.test(said.path("maxHeight").asInt(-1)), SOON);
  }
}
