package heyi.media.colibri2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.colibri2.AllocationOutcome.Allocated;
import heyi.media.colibri2.AllocationOutcome.Declined;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client makes of the strange things that bridges were seen to answer. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class BridgeClientHttpTest {
  private static final ConferenceId ROOM = new ConferenceId("room");
  private static final EndpointId ALICE = new EndpointId("alice");
  private static final String PATCH = "PATCH /colibri/v2/conferences/room";
  private static final String POST = "POST /colibri/v2/conferences";
  private static final String CREDENTIALS =
      "\"ufrag\":\"797rb1\",\"pwd\":\"442ega1km8dfkccfvhnqbqq9ic\",\"rtcp-mux\":true,"
          + "\"fingerprints\":[{\"hash\":\"sha-256\",\"setup\":\"actpass\",\"fingerprint\":\""
          + "AB"
          + ":CD".repeat(31)
          + "\"}]";
  private static final String CANDIDATES =
      ",\"candidates\":[{\"component\":\"1\",\"foundation\":\"1\",\"priority\":\"2130706431\","
          + "\"protocol\":\"udp\",\"type\":\"host\",\"ip\":\"192.0.2.2\",\"port\":\"10000\"}]";

  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private HttpServer server;
  private BridgeClientHttp client;

  private record Reply(int status, String body) {}

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    server = await(vertx.createHttpServer().requestHandler(this::reply).listen(0, "127.0.0.1"));
    client =
        BridgeClientHttp.create(
            vertx,
            new BridgeClientOptions(
                new BridgeId("stub"),
                URI.create("http://127.0.0.1:" + server.actualPort()),
                Duration.ofSeconds(10)));
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    await(vertx.close());
  }

  private void reply(HttpServerRequest request) {
    String what = request.method() + " " + request.path();
    asked.add(what);
    Reply reply = replies.getOrDefault(what, new Reply(404, ""));
    var unused = request.response().setStatusCode(reply.status()).end(reply.body());
  }

  private static Reply allocation(String transport) {
    return new Reply(
        200,
        "{\"endpoints\":[{\"id\":\"alice\",\"transport\":{\"transport\":{" + transport + "}}}]}");
  }

  @Test
  void aConferenceThatTheBridgeDoesNotKnowIsMadeWithItsFirstEndpoint() throws Exception {
    replies.put(POST, allocation(CREDENTIALS + CANDIDATES));

    assertThat(await(client.allocate(ROOM, ALICE))).isInstanceOf(Allocated.class);
    assertThat(asked).containsExactly(PATCH, POST);
  }

  @Test
  void aBridgeWithoutAnAddressForMediaIsHealthyAndCannotBeUsed() throws Exception {
    replies.put("GET /about/health", new Reply(200, ""));
    replies.put(PATCH, allocation(CREDENTIALS));

    assertThat(await(client.health())).isInstanceOf(BridgeHealth.Healthy.class);
    assertThat(await(client.allocate(ROOM, ALICE)))
        .isEqualTo(new Declined(client.id(), "bridge has no address for media"));
  }

  @Test
  void theReasonIsReadFromThePageOfARefusedPost() throws Exception {
    replies.put(
        POST, new Reply(400, "<html><tr><th>MESSAGE:</th><td>Conference already exists</td></tr>"));

    assertThat(await(client.allocate(ROOM, ALICE)))
        .isEqualTo(new Declined(client.id(), "Conference already exists"));
  }

  @Test
  void aRefusedPatchHasNoReasonButItsStatus() throws Exception {
    replies.put(PATCH, new Reply(400, ""));

    assertThat(await(client.allocate(ROOM, ALICE)))
        .isEqualTo(new Declined(client.id(), "status 400"));
    assertThat(await(client.update(ROOM, ALICE, null, List.of())))
        .isInstanceOf(UpdateOutcome.Declined.class);
    await(client.expireEndpoint(ROOM, ALICE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{", "{\"endpoints\":[]}", "{\"endpoints\":[{\"id\":\"bob\"}]}"})
  void nonsenseIsDeclined(String body) throws Exception {
    replies.put(PATCH, new Reply(200, body));

    assertThat(await(client.allocate(ROOM, ALICE))).isInstanceOf(Declined.class);
  }

  @Test
  void aSickBridgeAndOneThatIsGoneAreToldApart() throws Exception {
    replies.put("GET /about/health", new Reply(500, ""));
    assertThat(await(client.health())).isEqualTo(new BridgeHealth.Sick(client.id(), 500));

    await(server.close());

    assertThat(await(client.health())).isInstanceOf(BridgeHealth.Unreachable.class);
    assertThat(await(client.allocate(ROOM, ALICE)))
        .isInstanceOf(AllocationOutcome.Unreachable.class);
  }

  @Test
  void theLoadIsReadUnderJitsisNames() throws Exception {
    replies.put(
        "GET /colibri/stats",
        new Reply(
            200,
            "{\"stress_level\":0.42,\"conferences\":3,\"endpoints\":9,\"graceful_shutdown\":true,"
                + "\"drain\":false,\"version\":\"2.3\",\"region\":\"shanghai\"}"));

    assertThat(await(client.load())).isEqualTo(new BridgeLoad(0.42, 3, 9, true, "2.3", "shanghai"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"stress_level\":-1}", "{\"stress_level\":\"high\"}"})
  void aLoadThatCannotBeReadIsAFault(String body) {
    replies.put("GET /colibri/stats", new Reply(200, body));

    assertThatThrownBy(() -> await(client.load()))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(BridgeException.class);
  }
}
