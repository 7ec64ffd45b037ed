package heyi.media.bridge;

import static heyi.media.bridge.BridgeUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.colibri2.AllocationOutcome;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeHealth;
import heyi.media.colibri2.BridgeId;
import heyi.media.endpoint.UdpPort;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the embedded bridge refuses, and that it says why. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class EmbeddedBridgeHttpTest {
  private static final ConferenceId ROOM = new ConferenceId("room");
  private static final BridgeLimits TIGHT =
      new BridgeLimits(1, 2, 1, 2, 16, Duration.ofMillis(1), Duration.ofMillis(1));
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration NEVER = Duration.ofHours(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private Vertx vertx;
  private UdpPort port;
  private EmbeddedBridge bridge;
  private BridgeClientHttp client;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    port = UdpPort.open(InetAddress.getLoopbackAddress(), 0);
    start(NEVER);
  }

  private void start(Duration checkInterval) throws Exception {
    bridge =
        await(
            EmbeddedBridge.start(
                vertx, port, new EmbeddedBridgeOptions(0, 1, checkInterval, TIGHT)));
    client =
        BridgeClientHttp.create(
            vertx, new BridgeClientOptions(new BridgeId("embedded"), bridge.uri(), PATIENCE));
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    await(bridge.close());
    port.close();
    await(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "7",
        "{\"create\":true}",
        "{\"create\":true,\"meeting-id\":\"a/b\"}",
        "{\"meeting-id\":\"r\"}",
        "{\"create\":true,\"meeting-id\":\"r\",\"endpoints\":7}",
        "{\"create\":true,\"meeting-id\":\"r\",\"endpoints\":[{\"create\":true}]}",
        "{\"create\":true,\"meeting-id\":\"r\",\"endpoints\":[{\"create\":true,\"id\":\"e\"}]}",
        "{\"create\":true,\"meeting-id\":\"r\",\"endpoints\":[{\"id\":\"e\"}]}",
        "{\"create\":true,\"meeting-id\":\"r\",\"endpoints\":[{\"id\":\"e\",\"sources\":{}}]}",
      })
  void aBrokenRequestIsRefusedWithItsReasonAndChangesNothing(String body) throws Exception {
    HttpResponse<String> answer = send("POST", "/colibri/v2/conferences", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("MESSAGE:");
    assertThat(statistics().path("conferences").asInt()).isZero();
    assertThat(statistics().path("heyi_requests_refused").asInt()).isEqualTo(1);
  }

  @Test
  void aBodyWithoutEndIsCutOff() throws Exception {
    HttpResponse<String> answer =
        send("POST", "/colibri/v2/conferences", "{\"x\":\"" + "x".repeat(300_000) + "\"}");

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void unknownPathsAreNotFound() throws Exception {
    assertThat(send("DELETE", "/colibri/v2/conferences", "").statusCode()).isEqualTo(404);
    assertThat(send("GET", "/etc/passwd", "").statusCode()).isEqualTo(404);
    assertThat(send("PATCH", "/colibri/v2/conferences/none", "{}").statusCode()).isEqualTo(404);
    assertThat(send("GET", "/colibri/v2/conferences/none", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aConferenceThatExistsIsProbedByStatus501AsInJitsiVideobridge() throws Exception {
    await(client.allocate(ROOM, new EndpointId("a")));

    assertThat(send("GET", "/colibri/v2/conferences/room", "").statusCode()).isEqualTo(501);
  }

  @Test
  void theLimitsOfConferencesAndEndpointsHold() throws Exception {
    await(client.allocate(ROOM, new EndpointId("a")));
    await(client.allocate(ROOM, new EndpointId("b")));

    assertThat(await(client.allocate(ROOM, new EndpointId("c"))))
        .isInstanceOfSatisfying(
            AllocationOutcome.Declined.class,
            declined -> assertThat(declined.reason()).contains("2 endpoints"));
    assertThat(await(client.allocate(new ConferenceId("other"), new EndpointId("a"))))
        .isInstanceOfSatisfying(
            AllocationOutcome.Declined.class,
            declined -> assertThat(declined.reason()).contains("1 conferences"));
    assertThat(statistics().path("endpoints").asInt()).isEqualTo(2);
  }

  @Test
  void moreSourcesThanAllowedAreRefused() throws Exception {
    await(client.allocate(ROOM, new EndpointId("a")));
    String source = "{\"type\":\"audio\",\"id\":\"%\",\"sources\":[{\"ssrc\":%}]}";
    String body =
        "{\"endpoints\":[{\"id\":\"a\",\"sources\":["
            + source.replace("%", "1")
            + ","
            + source.replace("%", "2")
            + "]}]}";

    HttpResponse<String> answer = send("PATCH", "/colibri/v2/conferences/room", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("at most 1 sources");
  }

  @Test
  void moreStreamsThanAllowedAreRefused() throws Exception {
    await(client.allocate(ROOM, new EndpointId("a")));
    String body =
        "{\"endpoints\":[{\"id\":\"a\",\"sources\":[{\"type\":\"video\",\"id\":\"a-v0\","
            + "\"sources\":[{\"ssrc\":1},{\"ssrc\":2},{\"ssrc\":3}]}]}]}";

    HttpResponse<String> answer = send("PATCH", "/colibri/v2/conferences/room", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("at most 2 ssrcs but got 3");
  }

  @Test
  void whoNeverConnectsIsRemovedAndTheConferenceWithHim() throws Exception {
    await(client.allocate(ROOM, new EndpointId("a")));

    await(bridge.check());

    assertThat(statistics().path("conferences").asInt()).isZero();
    assertThat(statistics().path("heyi_endpoints_expired_idle").asInt()).isEqualTo(1);
  }

  @Test
  void aBridgeThatIsGoneIsUnreachable() throws Exception {
    await(bridge.close());

    assertThat(await(client.health())).isInstanceOf(BridgeHealth.Unreachable.class);
    assertThat(await(client.allocate(ROOM, new EndpointId("a"))))
        .isInstanceOf(AllocationOutcome.Unreachable.class);
    start(NEVER);
  }

  private JsonNode statistics() throws Exception {
    return await(bridge.statistics());
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(bridge.uri() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
