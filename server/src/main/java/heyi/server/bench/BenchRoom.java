package heyi.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.bot.BotCamera;
import heyi.server.demo.ApiClient;
import heyi.server.demo.Awaiting;
import heyi.server.demo.ScriptedParticipant;
import heyi.signaling.room.Phase;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A room made for measuring: one mediator and so many parties, on a server that runs. */
final class BenchRoom implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String HOST = "127.0.0.1";

  private final Vertx vertx;
  private final int port;
  private final Clock clock;
  private final @Nullable BotCamera camera;
  private final ApiClient mediator;
  private final ApiClient phone;
  private final String session;
  private final List<String> partyIds = new ArrayList<>();
  private final List<ScriptedParticipant> people = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);

  /** {@code mediator} is signed in and stays owned by the caller. */
  BenchRoom(Vertx vertx, int port, ApiClient mediator, Clock clock, int parties) {
    this(vertx, port, mediator, clock, parties, null);
  }

  /** As above, of people who are seen by this camera. */
  BenchRoom(
      Vertx vertx,
      int port,
      ApiClient mediator,
      Clock clock,
      int parties,
      @Nullable BotCamera camera) {
    this.vertx = vertx;
    this.port = port;
    this.clock = clock;
    this.camera = camera;
    this.mediator = mediator;
    this.phone = new ApiClient(vertx, HOST, port);
    ObjectNode request = ApiClient.object().put("title", "Benchmark");
    for (int i = 1; i <= parties; i++) {
      request
          .withArray("parties")
          .addObject()
          .put("role", i == 1 ? "applicant" : "respondent")
          .put("displayName", "Party " + i);
    }
    JsonNode made = mediator.post("/api/cases", request);
    made.get("parties").forEach(party -> partyIds.add(party.get("partyId").asText()));
    String path = "/api/cases/" + made.get("caseId").asText() + "/sessions";
    this.session = mediator.post(path, ApiClient.object()).get("sessionId").asText();
  }

  /** Its session. */
  String session() {
    return session;
  }

  ScriptedParticipant mediatorJoins() {
    return join("mediator", seat());
  }

  /** The token in a fresh link for the party with this number, from 1. */
  ObjectNode invite(int party) {
    ObjectNode request = ApiClient.object().put("partyId", partyIds.get(party - 1));
    String url =
        mediator.post("/api/sessions/" + session + "/invitations", request).get("url").asText();
    return ApiClient.object().put("token", url.substring(url.indexOf('#') + 1));
  }

  /** A seat for the mediator and for each party, not yet taken. */
  List<String> seatTokens() {
    List<String> tokens = new ArrayList<>();
    tokens.add(seat());
    for (int party = 1; party <= partyIds.size(); party++) {
      tokens.add(redeem(invite(party)));
    }
    return tokens;
  }

  private String seat() {
    String path = "/api/sessions/" + session + "/seat";
    return mediator.post(path, ApiClient.object()).get("seatToken").asText();
  }

  /** A seat for the party with this number, from 1, for somebody who joins by other means. */
  String seatOfParty(int party) {
    return redeem(invite(party));
  }

  private String redeem(ObjectNode token) {
    return phone.post("/api/invitations/redeem", token).get("seatToken").asText();
  }

  /** What happens when a party presses the button: redeem, connect, join. */
  ScriptedParticipant partyJoins(int party, ObjectNode token) {
    return join("party-" + party, redeem(token));
  }

  private ScriptedParticipant join(String label, String seatToken) {
    ScriptedParticipant person =
        new ScriptedParticipant(vertx, label, clock, random.split(), camera);
    people.add(person);
    person.join(HOST, port, seatToken);
    return person;
  }

  void advance(ScriptedParticipant leader, Phase to) {
    leader.room().advance(to);
    Awaiting.get("phase " + to, LIMIT, leader.room().phase(to, LIMIT));
  }

  @Override
  public void close() {
    people.forEach(ScriptedParticipant::close);
    phone.close();
  }
}
