package heyi.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.bot.BotStatistics;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("R25: a room over the embedded bridge, with real media")
@Timeout(60)
class RoomOverEmbeddedBridgeTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final RoomId ROOM = new RoomId("room-1");
  private static final Map<String, SeatId> TOKENS =
      Map.of(
          "token-m", new SeatId("mediator"),
          "token-1", new SeatId("party-1"),
          "token-2", new SeatId("party-2"));

  private final List<RoomEvent> events = new CopyOnWriteArrayList<>();
  private final List<Participant> participants = new ArrayList<>();
  private Vertx vertx;
  private UdpPort port;
  private EmbeddedBridge bridge;
  private BridgeClientHttp client;
  private RoomService rooms;
  private HttpServer server;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    port = UdpPort.open(InetAddress.getLoopbackAddress(), 0);
    bridge = await(EmbeddedBridge.start(vertx, port, EmbeddedBridgeOptions.DEFAULT));
    client =
        BridgeClientHttp.create(
            vertx, BridgeClientOptions.of(new BridgeId("embedded"), bridge.uri()));
    var pool =
        new BridgePool(
            vertx,
            InstantSource.system(),
            PoolOptions.DEFAULT,
            BridgeWarmUp.NONE,
            List.of(new PooledBridge(client, bridge.uri(), null)));
    await(pool.start());
    rooms =
        new RoomService(
            vertx,
            InstantSource.system(),
            RoomLimits.DEFAULT,
            token ->
                Future.succeededFuture(
                    TOKENS.containsKey(token)
                        ? new SeatOutcome.Known(ROOM, TOKENS.get(token))
                        : new SeatOutcome.Unknown()),
            new MediaAccess(pool, new TurnCredentials(TurnOptions.NONE, InstantSource.system())),
            this::happened,
            ignored -> {});
    server =
        await(
            vertx
                .createHttpServer()
                .webSocketHandler(rooms::accept)
                .listen(0, InetAddress.getLoopbackAddress().getHostAddress()));
    await(
        rooms.open(
            new RoomSpec(
                ROOM,
                "示调〔2026〕1号",
                List.of(
                    new SeatSpec(new SeatId("mediator"), Role.MEDIATOR, "李调解", "mediator"),
                    new SeatSpec(new SeatId("party-1"), Role.PARTY, "张三", "party-1"),
                    new SeatSpec(new SeatId("party-2"), Role.PARTY, "示例银行", "party-2")))));
  }

  @AfterEach
  void close() throws Exception {
    participants.forEach(Participant::close);
    await(bridge.close());
    client.close();
    port.close();
    await(vertx.close());
  }

  /** Stands in for the server: the recorder is there at once. */
  private void happened(RoomEvent event) {
    events.add(event);
    if (event instanceof RoomEvent.RecordingRequested request) {
      rooms
          .tell(ROOM, new ServerFact.RecorderReady(request.conference()))
          .compose(
              ignored -> rooms.tell(ROOM, new ServerFact.RecorderReceiving(request.conference())));
    }
  }

  @Test
  void eachReceivesSoundAndPictureOfTheOthersUntilTheSessionCloses() throws Exception {
    var mediator = join("token-m");
    var first = join("token-1");
    var second = join("token-2");

    mediator.room().advance(Phase.OPENING);

    for (Participant participant : List.of(mediator, first, second)) {
      await(participant.bot().compose(bot -> bot.when(RoomOverEmbeddedBridgeTest::hearsTwo)));
    }
    mediator.room().advance(Phase.JOINT);
    await(second.room().phase(Phase.JOINT, SOON));
    mediator.room().advance(Phase.CLOSED);
    await(first.room().phase(Phase.CLOSED, SOON));
    assertThat(await(client.health())).isNotNull();
    assertThat(events.stream().filter(RoomEvent.SourceAdded.class::isInstance)).hasSize(6);
    assertThat(events.stream().filter(RoomEvent.SourceRemoved.class::isInstance)).hasSize(6);
    assertThat(events.getLast()).isInstanceOf(RoomEvent.SourceRemoved.class);
  }

  @Test
  void aFreshPageOfTheSameParticipantGetsNewMediaAndTheOthersGetHis() throws Exception {
    var mediator = join("token-m");
    var first = join("token-1");
    mediator.room().advance(Phase.OPENING);
    await(first.bot().compose(bot -> bot.when(seen -> Participant.hears(seen, 1))));

    var again = join("token-1");

    await(again.bot().compose(bot -> bot.when(seen -> Participant.hears(seen, 1))));
    await(mediator.bot().compose(bot -> bot.when(seen -> seen.received().size() == 4)));
    await(
        mediator
            .bot()
            .compose(
                bot ->
                    bot.when(
                        seen ->
                            seen.received().entrySet().stream()
                                .filter(entry -> entry.getKey().value().startsWith("party-1-2"))
                                .allMatch(entry -> entry.getValue().packets() > 10))));
    assertThat(events).anyMatch(RoomEvent.SeatTakenOver.class::isInstance);
  }

  private static boolean hearsTwo(BotStatistics seen) {
    return Participant.hears(seen, 2);
  }

  private Participant join(String token) throws Exception {
    var participant = new Participant(vertx);
    participants.add(participant);
    var welcome =
        await(
            participant
                .room()
                .join(
                    InetAddress.getLoopbackAddress().getHostAddress(),
                    server.actualPort(),
                    token,
                    false,
                    SOON));
    assertThat(welcome.path("self").path("seatId").asText()).isEqualTo(TOKENS.get(token).value());
    return participant;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
