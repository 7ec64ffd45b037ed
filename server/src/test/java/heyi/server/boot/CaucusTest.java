package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectStore;
import heyi.server.bench.ChildServer;
import heyi.server.boot.RunningHeyi.Answer;
import heyi.server.demo.Awaiting;
import heyi.server.demo.ScriptedParticipant;
import heyi.signaling.room.Phase;
import heyi.signaling.room.SeatId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The mediator talks to one party alone, with real sound and picture over the embedded bridge. */
@Timeout(120)
@DisplayName("民事调解规定 art. 5, R26: a caucus is recorded apart and stays closed")
class CaucusTest {
  private static final String SAID_ALONE = "我方底线是三万元";
  private static final String SAID_TO_ALL = "双方同意继续协商";

  /** So long packets are under way when the bridge lets somebody go, on a machine that is busy. */
  private static final long UNDER_WAY_MILLIS = 500;

  private static final long ASK_AGAIN_MILLIS = 100;

  @TempDir Path folder;
  private final Vertx people = Vertx.vertx();

  @AfterEach
  void closeVertx() throws Exception {
    Waiting.on(people.close());
  }

  @Test
  void whatWasSaidAloneIsInTheSealedRecordingAndNowhereElse() throws Exception {
    try (RunningHeyi heyi = RunningHeyi.start(folder.resolve("data"))) {
      String session = mediated(heyi);

      SealedSession sealed =
          SealedSession.open(
              people, heyi.port(), heyi.links().auditor().password().reveal(), session, folder);
      assertThat(sealed.state()).isEqualTo("SEALED");
      assertThat(sealed.report().findings()).isEmpty();
      assertThat(sealed.report().disclosed())
          .anyMatch(line -> line.en().contains("private talk number 1, recorded apart"));
      assertThat(sealed.replay().path("events").findValuesAsText("type"))
          .containsSubsequence("caucus-opened", "caucus-ended", "transcript-line");
      assertThat(sealed.replay().toString()).contains(SAID_TO_ALL).doesNotContain(SAID_ALONE);
      Path zip = folder.resolve("evidence-" + session + ".zip");
      assertThat(holding(zip, SAID_TO_ALL)).isNotEmpty();
      assertThat(holding(zip, SAID_ALONE)).isEmpty();
      nothingWasHeardBetween(RecordedTime.of(zip));
      String auditor = heyi.login(heyi.links().auditor());
      assertThat(found(heyi, auditor, SAID_TO_ALL)).hasSize(1);
      assertThat(found(heyi, auditor, SAID_ALONE)).isEmpty();
      itOpensToTwoPeople(heyi, auditor, session);
      itIsReadBackWithItsSession(heyi, session);
    }
  }

  /** Two parties talk with the mediator, then one of them alone, then all again. */
  private String mediated(RunningHeyi heyi) {
    String password = heyi.links().mediator().password().reveal();
    try (RecordedRoom room = new RecordedRoom(people, heyi.port(), password, 2)) {
      room.talk(2);
      Awaiting.get(
          "all talk",
          RecordedRoom.LIMIT,
          room.mediator().media(ScriptedParticipant.seesAndHears(2)));
      room.talkApart();
      Future<JsonNode> written =
          room.party(1)
              .room()
              .next("transcript", told -> told.toString().contains(SAID_ALONE), RecordedRoom.LIMIT);
      room.mediator().room().write("alone", new SeatId("party-1"), SAID_ALONE);
      Awaiting.get("written alone", RecordedRoom.LIMIT, written);
      Awaiting.get(
          "the other waits",
          RecordedRoom.LIMIT,
          room.party(2)
              .room()
              .state(
                  view -> view.path("pausedReason").asText().equals("caucus"), RecordedRoom.LIMIT));
      room.talkTogether(2);
      room.mediator().room().write("to-all", new SeatId("party-2"), SAID_TO_ALL);
      room.advance(Phase.CLOSED);
      room.see("recording", "verified");
      return room.session();
    }
  }

  private static List<String> holding(Path zip, String words) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      List<String> names = new ArrayList<>();
      for (ZipEntry entry : file.stream().toList()) {
        try (InputStream in = file.getInputStream(entry)) {
          if (new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(words)) {
            names.add(entry.getName());
          }
        }
      }
      return names;
    }
  }

  private static void nothingWasHeardBetween(RecordedTime joint) {
    long opened = at(joint, "caucus-opened") + UNDER_WAY_MILLIS;
    long ended = at(joint, "caucus-ended");
    assertThat(ended).isGreaterThan(opened);
    assertThat(joint.packetMillis()).noneMatch(packet -> packet > opened && packet < ended);
    assertThat(joint.packetMillis()).anyMatch(packet -> packet > ended);
    assertThat(joint.ledger())
        .filteredOn(entry -> entry.type().equals(RecordingEvents.SOURCE_GAP))
        .filteredOn(entry -> entry.payload().path("fromMillis").asLong() < ended)
        .filteredOn(entry -> entry.payload().path("toMillis").asLong() > opened)
        .extracting(CaucusTest::hole)
        .containsExactlyInAnyOrder(
            "mediator audio caucus",
            "mediator video caucus",
            "party-1 audio caucus",
            "party-1 video caucus",
            "party-2 audio caucus",
            "party-2 video caucus");
  }

  private static String hole(LedgerEntry entry) {
    JsonNode hole = entry.payload();
    return String.join(
        " ", hole.path("seatId").asText(), hole.path("kind").asText(), hole.path("cause").asText());
  }

  private static long at(RecordedTime joint, String type) {
    return joint.ledger().stream()
        .filter(entry -> entry.type().equals(type))
        .map(LedgerEntry::offset)
        .findFirst()
        .orElseThrow()
        .toMillis();
  }

  private static JsonNode found(RunningHeyi heyi, String auditor, String words) throws Exception {
    String search = "/api/sessions?text=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
    return heyi.send("GET", search, null, "Cookie", auditor).json().path("sessions");
  }

  private void itOpensToTwoPeople(RunningHeyi heyi, String auditor, String session)
      throws Exception {
    String path = "/api/sessions/" + session + "/unsealings";
    JsonNode view = awaitSealed(heyi, auditor, path);
    assertThat(view.at("/recordings/0/recordingId").asText()).isEqualTo(session + "-caucus-1");
    assertThat(view.at("/recordings/0/tracks").findValuesAsText("seatId"))
        .containsOnly("mediator", "party-1")
        .hasSize(4);
    String asking = "{\"reason\": \"投诉调查\", \"hours\": 2}";
    String order =
        heyi.send("POST", path, asking, "Cookie", auditor).json().at("/orders/0/orderId").asText();
    String file = view.at("/recordings/0/tracks/0/fileName").asText();
    String track = path + "/" + order + "/recordings/" + session + "-caucus-1/tracks/" + file;
    assertThat(heyi.send("GET", track, null, "Cookie", auditor).status()).isEqualTo(403);
    String clerk = heyi.login(heyi.links().clerk());
    String decision = path + "/" + order + "/decision";
    heyi.send("POST", decision, "{\"approved\": true}", "Cookie", clerk);

    Answer opened = heyi.send("GET", track, null, "Cookie", auditor);

    assertThat(opened.status()).isEqualTo(200);
    assertThat(opened.header("content-type")).endsWith("webm");
  }

  private void itIsReadBackWithItsSession(RunningHeyi heyi, String session) throws Exception {
    Path sealed = folder.resolve("data/objects/objects/sealed").resolve(session + "-caucus-1");
    Files.delete(sealed.resolve("chunks/000000.journal"));

    Answer compared =
        heyi.send(
            "POST",
            "/api/operator/reconciliation",
            "",
            "Cookie",
            heyi.login(heyi.links().operator()));

    assertThat(compared.json().path("differences"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.path("sessionId").asText()).isEqualTo(session);
              assertThat(one.path("object").asText())
                  .isEqualTo("sealed/" + session + "-caucus-1/chunks/000000.journal");
            });
  }

  /** Nobody is told when a caucus is sealed. */
  private JsonNode awaitSealed(RunningHeyi heyi, String auditor, String path) throws Exception {
    Instant limit = Clock.systemUTC().instant().plus(RecordedRoom.LIMIT);
    JsonNode view = heyi.send("GET", path, null, "Cookie", auditor).json();
    while (view.path("recordings").isEmpty()) {
      assertThat(Clock.systemUTC().instant()).as("caucus sealed").isBefore(limit);
      people.timer(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS).await();
      view = heyi.send("GET", path, null, "Cookie", auditor).json();
    }
    return view;
  }

  @Test
  void aKillInACaucusSealsItAndTheJointTalkGoesOn() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    String session;
    try (ChildServer killed = ChildServer.start(data, ShortLived.JAVA);
        RecordedRoom room = new RecordedRoom(people, killed.port(), killed.mediatorPassword(), 1)) {
      room.talk(1);
      room.talkApart();
      session = room.session();
      killed.kill();
      try (ChildServer server = ChildServer.start(data, ShortLived.JAVA);
          RecordedRoom again = room.again(server.port(), server.mediatorPassword())) {
        again.see("kind", "session");
        again.see("recording", "receiving");
        again.see("phase", Phase.JOINT.name());
        again.advance(Phase.CLOSED);
        again.see("recording", "verified");
        jointGoesOn(server, session);
        assertThat(server.terminate()).isZero();
      }
    }
    assertThat(data.resolve("spool")).isEmptyDirectory();
    Manifest caucus = manifest(data, session + "-caucus-1");
    assertThat(caucus.interrupted()).isTrue();
    assertThat(caucus.recordingClass()).isEqualTo(RecordingClass.SEALED);
    assertThat(caucus.tracks()).hasSize(4);
  }

  private void jointGoesOn(ChildServer server, String session) throws IOException {
    SealedSession sealed =
        SealedSession.open(people, server.port(), server.auditorPassword(), session, folder);
    assertThat(sealed.state()).isEqualTo("SEALED");
    assertThat(sealed.report().findings()).isEmpty();
    assertThat(sealed.report().recordingId()).isEqualTo(session + "-1");
    assertThat(sealed.replay().path("events").findValuesAsText("type"))
        .containsSubsequence("caucus-opened", "room-restored", "caucus-ended", "room-closed");
  }

  private static Manifest manifest(Path data, String recording) throws IOException {
    ObjectKey root = StoreLayout.root(RecordingClass.SEALED, new RecordingId(recording));
    try (DataDirectory directory = DataDirectory.lock(data)) {
      ObjectStore store =
          EncryptionWiring.before(
              new DirectoryObjectStore(data.resolve("objects")),
              HeyiConfig.defaults().recording(),
              directory);
      try (InputStream in = store.read(StoreLayout.manifest(root))) {
        return Manifest.read(in.readAllBytes());
      }
    }
  }
}
