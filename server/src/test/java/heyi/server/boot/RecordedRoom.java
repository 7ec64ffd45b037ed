package heyi.server.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.bot.MediaBot;
import heyi.server.demo.ApiClient;
import heyi.server.demo.Awaiting;
import heyi.server.demo.ScriptedParticipant;
import heyi.signaling.room.Phase;
import heyi.signaling.room.SeatId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A new case with its session on a running server, and people with sound and picture in it. */
final class RecordedRoom implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(30);
  static final String HOST = "127.0.0.1";

  /** Two of them a second: so many, that nobody takes the silence of the others for a short one. */
  private static final int KEYFRAMES_ALONE = 2 * 3;

  private final Vertx vertx;
  private final int port;
  private final ApiClient desk;
  private final String session;
  private final List<String> partyIds = new ArrayList<>();
  private final Map<String, String> seatTokens;
  private final List<ScriptedParticipant> people = new ArrayList<>();

  RecordedRoom(Vertx vertx, int port, String mediatorPassword, int parties) {
    this.vertx = vertx;
    this.port = port;
    this.desk = new ApiClient(vertx, HOST, port);
    desk.login("mediator", mediatorPassword);
    ObjectNode request = ApiClient.object().put("title", "借款合同纠纷");
    for (int i = 1; i <= parties; i++) {
      request
          .withArray("parties")
          .addObject()
          .put("role", i == 1 ? "applicant" : "respondent")
          .put("displayName", "当事人" + i);
    }
    JsonNode made = desk.post("/api/cases", request);
    made.get("parties").forEach(party -> partyIds.add(party.get("partyId").asText()));
    String path = "/api/cases/" + made.get("caseId").asText() + "/sessions";
    this.seatTokens = new LinkedHashMap<>();
    this.session = desk.post(path, ApiClient.object()).get("sessionId").asText();
  }

  private RecordedRoom(RecordedRoom before, int port, String mediatorPassword) {
    this.vertx = before.vertx;
    this.port = port;
    this.desk = new ApiClient(vertx, HOST, port);
    desk.login("mediator", mediatorPassword);
    this.session = before.session;
    this.partyIds.addAll(before.partyIds);
    this.seatTokens = before.seatTokens;
  }

  /** The same session on a server that was started anew; everyone comes back with what he holds. */
  RecordedRoom again(int newPort, String mediatorPassword) {
    people.forEach(ScriptedParticipant::close);
    RecordedRoom room = new RecordedRoom(this, newPort, mediatorPassword);
    seatTokens.forEach(room::join);
    return room;
  }

  String session() {
    return session;
  }

  /** The mediator and the first {@code parties} parties, in the joint talk, on the record. */
  void talk(int parties) {
    seatTokens.put("mediator", mediatorSeat());
    for (int party = 1; party <= parties; party++) {
      seatTokens.put("party-" + party, partySeat(party));
    }
    seatTokens.forEach(this::join);
    advance(Phase.OPENING);
    see("recording", "receiving");
    advance(Phase.JOINT);
  }

  ScriptedParticipant mediator() {
    return people.getFirst();
  }

  /** The party with this number, from 1. */
  ScriptedParticipant party(int number) {
    return people.get(number);
  }

  /** The mediator and the first party talk alone for a while, on connections of their own. */
  void talkApart() {
    Future<MediaBot> alone = mediator().nextBot();
    mediator().room().openCaucus(new SeatId("party-1"));
    see("kind", "caucus");
    see("phase", Phase.JOINT.name());
    Awaiting.get(
        "talked alone",
        LIMIT,
        alone.compose(
            bot ->
                bot.when(
                    seen ->
                        seen.received().values().stream()
                            .anyMatch(source -> source.keyframes() >= KEYFRAMES_ALONE))));
  }

  /** Everybody talks together again. */
  void talkTogether(int parties) {
    Future<MediaBot> back = mediator().nextBot();
    mediator().room().endCaucus();
    see("kind", "session");
    see("phase", Phase.JOINT.name());
    Awaiting.get(
        "talked together",
        LIMIT,
        back.compose(bot -> bot.when(ScriptedParticipant.seesAndHears(parties))));
  }

  /** A token for the mediator's seat. */
  String mediatorSeat() {
    String path = "/api/sessions/" + session + "/seat";
    return desk.post(path, ApiClient.object()).get("seatToken").asText();
  }

  /** A token for the seat of the party with this number, from 1. */
  String partySeat(int party) {
    ObjectNode request = ApiClient.object().put("partyId", partyIds.get(party - 1));
    String url =
        desk.post("/api/sessions/" + session + "/invitations", request).get("url").asText();
    ObjectNode token = ApiClient.object().put("token", url.substring(url.indexOf('#') + 1));
    return desk.post("/api/invitations/redeem", token).get("seatToken").asText();
  }

  void advance(Phase to) {
    mediator().room().advance(to);
    see("phase", to.name());
  }

  /** Waits until everyone would see this in the room. */
  void see(String field, String value) {
    Awaiting.get(
        field + " is " + value,
        LIMIT,
        mediator().room().state(room -> room.path(field).asText().equals(value), LIMIT));
  }

  private void join(String label, String seatToken) {
    ScriptedParticipant person =
        new ScriptedParticipant(vertx, label, Clock.systemUTC(), new SplittableRandom());
    people.add(person);
    person.join(HOST, port, seatToken);
  }

  @Override
  public void close() {
    people.forEach(ScriptedParticipant::close);
    desk.close();
  }
}
