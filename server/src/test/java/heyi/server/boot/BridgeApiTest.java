package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.server.boot.RunningHeyi.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's view of the bridges from outside, on the real server. */
class BridgeApiTest {
  private static final String EMBEDDED = "/api/operator/bridges/embedded/";

  @TempDir static Path folder;

  private static RunningHeyi heyi;
  private static String operator;
  private static String mediator;

  @BeforeAll
  static void start() throws Exception {
    heyi = RunningHeyi.start(folder.resolve("data"));
    operator = heyi.login(heyi.links().operator());
    mediator = heyi.login(heyi.links().mediator());
  }

  @AfterAll
  static void stop() throws Exception {
    heyi.close();
  }

  @AfterEach
  void undrain() throws Exception {
    post("undrain", operator);
  }

  private static Answer post(String what, String cookie) throws Exception {
    return heyi.send("POST", EMBEDDED + what, "", "Cookie", cookie);
  }

  private static JsonNode bridge() throws Exception {
    Answer answer = heyi.send("GET", "/api/operator/bridges", null, "Cookie", operator);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().path("bridges")).hasSize(1);
    return answer.json().path("bridges").get(0);
  }

  private static void isProblem(Answer answer, int status, String slug) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().path("type").asText()).isEqualTo("urn:heyi:problem:" + slug);
  }

  @Test
  void theEmbeddedBridgeIsSeenHealthy() throws Exception {
    JsonNode bridge = bridge();

    assertThat(bridge.path("bridgeId").asText()).isEqualTo("embedded");
    assertThat(bridge.path("state").asText()).isEqualTo("healthy");
    assertThat(bridge.path("version").asText()).isEqualTo("heyi-embedded");
    assertThat(bridge.path("warmth").asText()).isEqualTo("warm");
    assertThat(bridge.path("accepting").asBoolean()).isTrue();
    assertThat(bridge.path("rooms").asInt()).isZero();
    assertThat(bridge.path("url").asText()).startsWith("http://127.0.0.1:");
  }

  @Test
  void itIsDrainedAndTakenBack() throws Exception {
    assertThat(post("drain", operator).json().path("accepting").asBoolean()).isFalse();
    assertThat(post("drain", operator).json().path("draining").asBoolean()).isTrue();
    assertThat(bridge().path("draining").asBoolean()).isTrue();
    assertThat(heyi.send("GET", "/metrics", null).body())
        .contains("heyi_bridge_draining{bridge=\"embedded\"} 1.0");

    post("undrain", operator);

    assertThat(bridge().path("accepting").asBoolean()).isTrue();
    assertThat(heyi.send("GET", "/metrics", null).body())
        .contains("heyi_bridge_draining{bridge=\"embedded\"} 0.0")
        .contains("heyi_bridge_healthy{bridge=\"embedded\"} 1.0")
        .contains("heyi_bridge_warm{bridge=\"embedded\"} 1.0")
        .contains("heyi_bridge_rooms_lost_total{bridge=\"embedded\"} 0.0");
  }

  @Test
  void roomsAreMovedOnlyFromADrainingBridgeToAnother() throws Exception {
    isProblem(post("evacuate", operator), 409, "not-draining");
    post("drain", operator);
    isProblem(post("evacuate", operator), 409, "no-other-bridge");
  }

  @ParameterizedTest
  @ValueSource(strings = {"drain", "undrain", "evacuate"})
  void onlyAnOperatorMayAndOnlyWithABridgeThatThereIs(String what) throws Exception {
    isProblem(post(what, mediator), 403, "not-allowed");
    isProblem(heyi.send("POST", EMBEDDED + what, ""), 401, "not-signed-in");
    isProblem(
        heyi.send("POST", "/api/operator/bridges/jvb-9/" + what, "", "Cookie", operator),
        404,
        "not-found");
    assertThat(bridge().path("draining").asBoolean()).isFalse();
  }

  @Test
  void anOperatorSeesNoCase() throws Exception {
    assertThat(heyi.send("GET", "/api/cases", null, "Cookie", operator).json().path("cases"))
        .isEmpty();
    isProblem(
        heyi.send("GET", "/api/operator/bridges", null, "Cookie", mediator), 403, "not-allowed");
  }
}
