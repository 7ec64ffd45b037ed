package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.recording.disposal.SignedTombstone;
import heyi.server.boot.RunningHeyi.Answer;
import heyi.server.demo.Awaiting;
import heyi.server.demo.ScriptedParticipant;
import heyi.signaling.room.Phase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real session is recorded, held, kept for its time, and disposed of by two people. */
@Timeout(240)
class CustodyTest {
  private static final Map<String, String> A_DAY = Map.of("HEYI_RECORDING_RETENTION_PERIOD", "P1D");
  private static final Duration TWO_DAYS = Duration.ofDays(2);
  private static final long ASK_AGAIN_MILLIS = 100;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void closeVertx() throws Exception {
    Waiting.on(vertx.close());
  }

  /** The people of a server, and the case that they keep. */
  private record People(RunningHeyi heyi, String clerk, String auditor, String caseId) {
    static People of(RunningHeyi heyi) throws Exception {
      String clerk = heyi.login(heyi.links().clerk());
      String auditor = heyi.login(heyi.links().auditor());
      JsonNode cases = heyi.send("GET", "/api/cases", null, "Cookie", clerk).json();
      return new People(heyi, clerk, auditor, cases.at("/cases/0/caseId").asText());
    }

    Answer post(String who, String path, String body) throws Exception {
      return heyi.send("POST", path, body, "Cookie", who);
    }

    JsonNode custody(String who) throws Exception {
      Answer answer = heyi.send("GET", custodyPath(), null, "Cookie", who);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      return answer.json();
    }

    String custodyPath() {
      return "/api/cases/" + caseId + "/custody";
    }

    Answer request(String who, String session) throws Exception {
      return post(who, disposal(session), "{\"reason\": \"保管期限届满\"}");
    }

    Answer approve(String who, String session) throws Exception {
      return post(who, disposal(session) + "/decision", "{\"approved\": true}");
    }

    Answer hold(String who) throws Exception {
      return post(who, custodyPath() + "/holds", "{\"reason\": \"另案审理需要\"}");
    }

    Answer lift(String who, String holdId) throws Exception {
      String path = custodyPath() + "/holds/" + holdId + "/lifting";
      return post(who, path, "{\"reason\": \"另案已审结\"}");
    }

    private static String disposal(String session) {
      return "/api/sessions/" + session + "/disposal";
    }
  }

  @Test
  @DisplayName("法释〔2017〕5号 art. 15: nothing goes before its time, by one person, or under a hold")
  void aRecordingEndsWhenItsTimeIsOverTwoPeopleWantItAndNoHoldLiesOnIt() throws Exception {
    Path data = folder.resolve("data");
    String session;
    try (RunningHeyi heyi = RunningHeyi.start(data, A_DAY)) {
      session = sealedSession(heyi);
      People people = People.of(heyi);
      assertProblem(people.request(people.clerk(), session), 409, "still-retained");
      assertThat(people.hold(people.clerk()).status()).isEqualTo(200);
      assertThat(people.custody(people.auditor()).at("/holds/0/placed/reason").asText())
          .isEqualTo("另案审理需要");
    }
    Path recording = data.resolve("objects/objects/recordings").resolve(session + "-1");
    assertThat(recording.resolve("chunks")).isNotEmptyDirectory();

    try (RunningHeyi heyi = RunningHeyi.start(data, A_DAY, later(TWO_DAYS))) {
      People people = People.of(heyi);
      underAHoldNothingGoes(people, session);
      onePersonIsNotEnough(people, session);

      assertThat(people.approve(people.auditor(), session).status()).isEqualTo(200);
      JsonNode done = awaitDone(people);

      assertThat(done.at("/sessions/0/state").asText()).isEqualTo("DISPOSED");
      assertGone(people, session, recording, data);
      assertReconciled(heyi);
    }
  }

  private static void underAHoldNothingGoes(People people, String session) throws Exception {
    assertProblem(people.request(people.clerk(), session), 409, "on-hold");
    String mediator = people.heyi().login(people.heyi().links().mediator());
    String hold = people.custody(people.clerk()).at("/holds/0/holdId").asText();
    assertThat(people.lift(mediator, hold).status()).isEqualTo(403);
    assertProblem(people.request(people.clerk(), session), 409, "on-hold");
    assertThat(people.lift(people.auditor(), hold).status()).isEqualTo(200);
    assertProblem(people.lift(people.auditor(), hold), 409, "already-lifted");
    assertThat(accesses(people, session)).contains("hold-placed", "hold-lifted");
  }

  private static void onePersonIsNotEnough(People people, String session) throws Exception {
    String mediator = people.heyi().login(people.heyi().links().mediator());
    assertThat(people.request(mediator, session).status()).isEqualTo(403);
    assertProblem(people.approve(people.auditor(), session), 409, "nothing-to-decide");
    assertThat(people.request(people.clerk(), session).status()).isEqualTo(200);
    assertProblem(people.request(people.auditor(), session), 409, "already-requested");
    assertThat(people.approve(people.clerk(), session).status()).isEqualTo(403);
    assertThat(people.approve(mediator, session).status()).isEqualTo(403);
    assertThat(open(people, session).status()).as("nothing has changed").isEqualTo(200);
  }

  private void assertGone(People people, String session, Path recording, Path data)
      throws Exception {
    assertProblem(open(people, session), 410, "disposed");
    for (String part : List.of("/package", "/tracks/party-1-audio-1", "/exports")) {
      Answer answer =
          people
              .heyi()
              .send("GET", "/api/sessions/" + session + part, null, "Cookie", people.auditor());
      assertProblem(answer, 410, "disposed");
    }
    try (Stream<Path> files = Files.walk(recording).filter(Files::isRegularFile)) {
      assertThat(files.map(file -> recording.relativize(file).toString()))
          .contains("manifest.json", "tombstone.json")
          .allMatch(name -> name.matches("(manifest|tombstone)\\.json|seal/.*|access/.*"));
    }
    assertThat(data.resolve("packages"))
        .satisfiesAnyOf(
            packages -> assertThat(packages).doesNotExist(),
            packages -> assertThat(packages).isEmptyDirectory());
    Answer answer =
        people
            .heyi()
            .send("GET", "/api/sessions/" + session + "/tombstone", null, "Cookie", people.clerk());
    byte[] stone = answer.json().at("/tombstones/0").toString().getBytes(StandardCharsets.UTF_8);
    SignedTombstone signed = SignedTombstone.read(stone);
    assertThat(signed.tombstone().order().reason()).isEqualTo("保管期限届满");
    assertThat(signed.tombstone().order().requested().role()).isEqualTo("clerk");
    assertThat(signed.tombstone().order().approved().role()).isEqualTo("auditor");
    assertThat(signed.tombstone().removed().chunks()).isPositive();
    JsonNode found =
        people
            .heyi()
            .send("GET", "/api/sessions?state=DISPOSED", null, "Cookie", people.clerk())
            .json();
    assertThat(found.at("/sessions/0/sessionId").asText()).isEqualTo(session);
  }

  private static void assertReconciled(RunningHeyi heyi) throws Exception {
    String operator = heyi.login(heyi.links().operator());
    JsonNode report =
        heyi.send("POST", "/api/operator/reconciliation", "", "Cookie", operator).json();
    assertThat(report.path("sessions").asInt()).isOne();
    assertThat(report.path("differences")).isEmpty();
  }

  @Test
  void theOperatorSeesHowEvidenceIsKept() throws Exception {
    try (RunningHeyi heyi = RunningHeyi.start(folder.resolve("data"))) {
      String operator = heyi.login(heyi.links().operator());
      People people = People.of(heyi);
      people.hold(people.clerk());
      JsonNode figures = awaitFigures(heyi, operator);

      assertThat(figures.path("objectLock").asText()).isEqualTo("none");
      assertThat(figures.path("period").asText()).isEqualTo("P30Y");
      assertThat(figures.path("holds").asInt()).isOne();
      assertThat(heyi.send("GET", "/metrics", null).body())
          .contains("heyi_recording_object_lock 0.0")
          .contains("heyi_custody_holds 1.0");
      assertThat(heyi.send("GET", "/api/operator/custody", null, "Cookie", people.clerk()).status())
          .isEqualTo(403);
    }
  }

  private JsonNode awaitFigures(RunningHeyi heyi, String operator) throws Exception {
    while (true) {
      JsonNode figures = heyi.send("GET", "/api/operator/custody", null, "Cookie", operator).json();
      if (figures.path("holds").asInt() > 0) {
        return figures;
      }
      vertx.timer(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS).await();
    }
  }

  private JsonNode awaitDone(People people) throws Exception {
    Instant limit = Clock.systemUTC().instant().plus(RecordedRoom.LIMIT);
    while (true) {
      JsonNode custody = people.custody(people.clerk());
      if (custody.at("/sessions/0/disposal/state").asText().equals("DONE")) {
        return custody;
      }
      assertThat(Clock.systemUTC().instant()).as(custody.toString()).isBefore(limit);
      vertx.timer(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS).await();
    }
  }

  private static List<String> accesses(People people, String session) throws Exception {
    String path = "/api/sessions/" + session + "/seal";
    return people
        .heyi()
        .send("GET", path, null, "Cookie", people.auditor())
        .json()
        .path("accesses")
        .findValuesAsText("type");
  }

  private static Answer open(People people, String session) throws Exception {
    return people.heyi().send("GET", "/api/sessions/" + session, null, "Cookie", people.auditor());
  }

  private static void assertProblem(Answer answer, int status, String slug) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().path("type").asText()).isEqualTo("urn:heyi:problem:" + slug);
  }

  private static InstantSource later(Duration by) {
    return Clock.offset(Clock.systemUTC(), by);
  }

  private String sealedSession(RunningHeyi heyi) {
    try (RecordedRoom room =
        new RecordedRoom(vertx, heyi.port(), heyi.links().mediator().password().reveal(), 1)) {
      room.talk(1);
      Awaiting.get(
          "talked for a while",
          RecordedRoom.LIMIT,
          room.mediator().media(ScriptedParticipant.seesAndHears(1)));
      room.advance(Phase.CLOSED);
      room.see("recording", "verified");
      return room.session();
    }
  }
}
