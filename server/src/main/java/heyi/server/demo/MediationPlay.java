package heyi.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.signaling.room.Phase;
import heyi.signaling.room.SeatId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;

/**
 * A whole mediation with a mediator and the parties of the prepared case: lobby, opening, joint
 * talk, reading back, signing, closing, sealing, audit. Each step waits for what a person would
 * wait to see, and fails the play when it does not come.
 */
public final class MediationPlay {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SEALING_LIMIT = Duration.ofSeconds(180);
  private static final String TITLE = "金融借款合同纠纷";
  private static final List<String> CLAUSES =
      List.of(
          "双方确认，截至2026年11月20日，被申请人尚欠申请人借款本金人民币36000元、利息人民币1420元。",
          "被申请人自2026年12月起，于每月15日前向申请人偿还人民币3118元，分12期还清；申请人免除其余利息及罚息。",
          "被申请人连续两期未按约还款的，申请人有权就全部剩余款项主张权利。",
          "双方就本案再无其他争议。");

  /** By the respondent and the applicant. */
  private static final List<String> SAID =
      List.of("确认尚欠本金三万六千元，因失业暂时无力一次还清。", "同意分十二期偿还，免除其余利息及罚息。");

  private final Vertx vertx;
  private final Stage stage;
  private final PlayReport report;
  private final List<ScriptedParticipant> people = new ArrayList<>();

  /**
   * Where and as whom to play.
   *
   * @param talk how long the joint talk lasts
   * @param folder where the evidence package and the signed agreement are put
   */
  public record Stage(
      String host,
      int port,
      String mediatorPassword,
      String auditorPassword,
      Duration talk,
      Path folder,
      InstantSource clock,
      RandomGenerator random) {}

  /** What the play leaves behind. */
  public record Outcome(Path evidencePackage, Path signedAgreement, String rootHash) {}

  /** A play on the stage, told to the printer. */
  public MediationPlay(Vertx vertx, Stage stage, java.io.PrintWriter out) {
    this.vertx = vertx;
    this.stage = stage;
    this.report = new PlayReport(out);
  }

  /** Plays; throws {@link PlayFailedException} at the first step that does not happen. Blocks. */
  public Outcome play() throws IOException {
    try (ApiClient mediator = new ApiClient(vertx, stage.host(), stage.port());
        ApiClient auditor = new ApiClient(vertx, stage.host(), stage.port())) {
      mediator.login("mediator", stage.mediatorPassword());
      JsonNode caseFile = openCase(mediator);
      String session = openSession(caseFile);
      report.step("mediator signed in, case " + caseFile.get("number").asText());
      everybodyJoins(mediator, caseFile, session);
      talk();
      sign(mediator, session);
      String rootHash = closeAndSeal();
      auditor.login("auditor", stage.auditorPassword());
      return takeAway(auditor, caseFile.get("caseId").asText(), session, rootHash);
    } finally {
      people.forEach(ScriptedParticipant::close);
    }
  }

  private static JsonNode openCase(ApiClient mediator) {
    JsonNode first = mediator.get("/api/cases").get("cases").get(0);
    return mediator.get("/api/cases/" + first.get("caseId").asText());
  }

  private static String openSession(JsonNode caseFile) {
    return StreamSupport.stream(caseFile.get("sessions").spliterator(), false)
        .filter(session -> session.get("state").asText().equals("SCHEDULED"))
        .findFirst()
        .orElseThrow(() -> new PlayFailedException("the case has no open session", null))
        .get("sessionId")
        .asText();
  }

  private void everybodyJoins(ApiClient mediator, JsonNode caseFile, String session) {
    ObjectNode nothing = ApiClient.object();
    String seat =
        mediator.post("/api/sessions/" + session + "/seat", nothing).get("seatToken").asText();
    join("mediator", seat);
    int party = 0;
    try (ApiClient phone = new ApiClient(vertx, stage.host(), stage.port())) {
      for (JsonNode who : caseFile.get("parties")) {
        party++;
        ObjectNode partyId = ApiClient.object().put("partyId", who.get("partyId").asText());
        String url =
            mediator.post("/api/sessions/" + session + "/invitations", partyId).get("url").asText();
        ObjectNode token = ApiClient.object().put("token", url.substring(url.indexOf('#') + 1));
        phone.post("/api/invitations/preview", token);
        join(
            "party-" + party,
            phone.post("/api/invitations/redeem", token).get("seatToken").asText());
      }
    }
    report.step(people.size() + " people in the lobby, consents given");
  }

  private void join(String label, String seatToken) {
    ScriptedParticipant person =
        new ScriptedParticipant(vertx, label, stage.clock(), stage.random());
    people.add(person);
    person.join(stage.host(), stage.port(), seatToken);
  }

  private ScriptedParticipant mediator() {
    return people.getFirst();
  }

  private void advance(Phase to) {
    mediator().room().advance(to);
    all("phase " + to, person -> person.room().phase(to, LIMIT));
  }

  private void all(String what, java.util.function.Function<ScriptedParticipant, Future<?>> each) {
    Awaiting.get(what, LIMIT, Future.join(people.stream().map(each).toList()));
  }

  private void talk() {
    advance(Phase.OPENING);
    int others = people.size() - 1;
    all(
        "everyone sees and hears the others",
        person -> person.media(ScriptedParticipant.seesAndHears(others)));
    report.step("OPENING: everyone sees and hears the " + others + " others");
    all(
        "the recorder receives",
        person ->
            person
                .room()
                .state(room -> room.path("recording").asText().equals("receiving"), LIMIT));
    report.step("recording of everyone runs");
    advance(Phase.JOINT);
    Awaiting.get(
        "joint talk",
        stage.talk().plus(LIMIT),
        vertx.timer(stage.talk().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS));
    report.step("JOINT: talked for " + stage.talk().toSeconds() + " s");
    for (int i = 0; i < SAID.size(); i++) {
      String line = SAID.get(i);
      SeatId speaker = new SeatId("party-" + (2 - i));
      String key = "line-" + (i + 1);
      onEveryPage(i + 1, () -> mediator().room().write(key, speaker, line));
    }
    report.step("transcript of " + SAID.size() + " lines on every page");
  }

  /** Waits until everyone has the entry of the transcript that the action makes. */
  private void onEveryPage(int number, Runnable action) {
    List<Future<JsonNode>> read =
        people.stream()
            .map(
                person ->
                    person.room().next("transcript", t -> t.path("size").asInt() == number, LIMIT))
            .toList();
    action.run();
    Awaiting.get("entry " + number + " of the transcript", LIMIT, Future.join(read));
  }

  private void sign(ApiClient mediator, String session) {
    advance(Phase.READBACK);
    int entries = SAID.size();
    for (ScriptedParticipant party : people.subList(1, people.size())) {
      entries++;
      onEveryPage(entries, () -> party.room().confirmTranscript(SAID.size()));
    }
    report.step("READBACK: the parties have read the transcript");
    ObjectNode agreement = ApiClient.object().put("title", TITLE);
    ArrayNode clauses = agreement.putArray("clauses");
    CLAUSES.forEach(clauses::add);
    JsonNode prepared = mediator.put("/api/sessions/" + session + "/agreement", agreement);
    String documentId = prepared.get("documentId").asText();
    report.step(
        String.format(
            Locale.ROOT,
            "READBACK: agreement of %d page(s) before everyone",
            prepared.get("pages").asInt()));
    advance(Phase.SIGNING);
    for (ScriptedParticipant person : people) {
      person.room().confirm(documentId, prepared.get("sha256").asText());
    }
    all("everyone confirms", person -> person.room().state(MediationPlay::allConfirmed, LIMIT));
    report.step("SIGNING: everyone confirmed");
  }

  private static boolean allConfirmed(JsonNode room) {
    return StreamSupport.stream(room.path("seats").spliterator(), false)
        .allMatch(seat -> seat.path("confirmed").asBoolean());
  }

  private String closeAndSeal() {
    advance(Phase.CLOSED);
    report.step("CLOSED");
    JsonNode room =
        Awaiting.get(
            "the recording is sealed",
            SEALING_LIMIT,
            mediator()
                .room()
                .state(r -> r.path("recording").asText().equals("verified"), SEALING_LIMIT));
    String rootHash = room.path("rootHash").asText();
    report.step("sealed, everyone sees the digest " + rootHash.substring(0, 16) + "…");
    return rootHash;
  }

  private Outcome takeAway(ApiClient auditor, String caseId, String session, String rootHash)
      throws IOException {
    JsonNode replay = auditor.get("/api/sessions/" + session);
    int tracks = replay.get("tracks").size();
    require(tracks == 2 * people.size(), "expected 2 tracks per person, found " + tracks);
    require(rootHash.equals(replay.path("rootHash").asText()), "the case has another root hash");
    for (JsonNode track : replay.get("tracks")) {
      var part = auditor.range(track.get("url").asText(), "bytes=0-1023");
      require(part.statusCode() == 206, "a track cannot be sought: status " + part.statusCode());
    }
    report.step(
        String.format(
            Locale.ROOT,
            "auditor replays %d tracks and %d events",
            tracks,
            replay.get("events").size()));
    for (JsonNode track : replay.get("tracks")) {
      report.detail(
          String.format(
              Locale.ROOT,
              "%-9s %-5s %6.1f s from %5.1f s",
              track.get("label").asText(),
              track.get("kind").asText(),
              track.get("durationMs").asLong() / 1_000.0,
              track.get("offsetMs").asLong() / 1_000.0));
    }
    Path signed = stage.folder().resolve("agreement-signed.pdf");
    Files.write(signed, auditor.bytes("/api/documents/" + signedDocument(auditor, caseId)));
    Path evidence = stage.folder().resolve("evidence-" + session + ".zip");
    Files.write(evidence, auditor.bytes("/api/sessions/" + session + "/package"));
    report.step("evidence package and signed agreement downloaded");
    return new Outcome(evidence, signed, rootHash);
  }

  private static String signedDocument(ApiClient auditor, String caseId) {
    JsonNode documents = auditor.get("/api/cases/" + caseId).get("documents");
    return StreamSupport.stream(documents.spliterator(), false)
        .filter(document -> document.get("signed").asBoolean())
        .findFirst()
        .orElseThrow(() -> new PlayFailedException("no signed agreement is with the case", null))
        .get("documentId")
        .asText();
  }

  private static void require(boolean fulfilled, String otherwise) {
    if (!fulfilled) {
      throw new PlayFailedException(otherwise, null);
    }
  }
}
