package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.Sha256;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.Ledger;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import heyi.server.boot.RunningHeyi.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recording of a caucus lies in the store; two people open it over HTTP, and nobody else can.
 */
@Timeout(120)
class UnsealingTest {
  private static final String SOUND = "what one side said to the mediator alone";
  private static final String TRACK = "party-1-audio-1.webm";

  @TempDir Path folder;

  /** A server with a sealed recording of its prepared session. */
  private record Desk(RunningHeyi heyi, String session, String auditor, String clerk) {
    static Desk of(RunningHeyi heyi) throws Exception {
      return new Desk(
          heyi,
          heyi.links().session().value(),
          heyi.login(heyi.links().auditor()),
          heyi.login(heyi.links().clerk()));
    }

    Answer ask(String who, String body) throws Exception {
      return heyi.send("POST", path(), body, "Cookie", who);
    }

    Answer approve(String who, String order) throws Exception {
      return decide(who, order, true);
    }

    Answer decide(String who, String order, boolean approved) throws Exception {
      String body = "{\"approved\": " + approved + "}";
      return heyi.send("POST", path() + "/" + order + "/decision", body, "Cookie", who);
    }

    Answer revoke(String who, String order) throws Exception {
      return heyi.send("POST", path() + "/" + order + "/revocation", "{}", "Cookie", who);
    }

    Answer track(String who, String order, String... headers) throws Exception {
      List<String> all = new ArrayList<>(List.of("Cookie", who));
      all.addAll(List.of(headers));
      String track = "/recordings/" + session + "-caucus-1/tracks/" + TRACK;
      return heyi.send("GET", path() + "/" + order + track, null, all.toArray(String[]::new));
    }

    String path() {
      return "/api/sessions/" + session + "/unsealings";
    }
  }

  @Test
  @DisplayName("民事调解规定 art. 5: a caucus opens to an order of two people, while it is good")
  void theRecordingOfACaucusOpensToTheTwoAndToNobodyElse() throws Exception {
    Path data = folder.resolve("data");
    String session;
    try (RunningHeyi heyi = RunningHeyi.start(data)) {
      session = heyi.links().session().value();
    }
    ObjectKey root =
        StoreLayout.root(RecordingClass.SEALED, new RecordingId(session + "-caucus-1"));
    keepCaucus(data, root);

    String order;
    try (RunningHeyi heyi = RunningHeyi.start(data)) {
      Desk desk = Desk.of(heyi);
      order = asked(desk);
      assertThat(desk.track(desk.auditor(), order).status()).as("nobody agreed").isEqualTo(403);
      assertThat(desk.track(desk.clerk(), order).status()).as("not one of the two").isEqualTo(404);
      assertThat(desk.approve(desk.auditor(), order).status()).as("himself").isEqualTo(403);
      String mediator = heyi.login(heyi.links().mediator());
      assertThat(desk.approve(mediator, order).status()).isEqualTo(403);

      Answer agreed = desk.approve(desk.clerk(), order);

      assertThat(agreed.status()).as(agreed.body()).isEqualTo(200);
      assertThat(agreed.json().at("/orders/0/opens").asBoolean()).isTrue();
      assertThat(desk.track(desk.auditor(), order).body()).isEqualTo(SOUND);
      Answer part = desk.track(desk.auditor(), order, "Range", "bytes=5-7");
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.body()).isEqualTo(SOUND.substring(5, 8));
      assertThat(desk.track(mediator, order).status()).isEqualTo(403);
    }
    assertThat(accesses(data, root))
        .containsSubsequence("sealed-opening-requested", "sealed-opening-approved", "sealed-opened")
        .containsOnlyOnce("sealed-opened");

    try (RunningHeyi heyi =
        RunningHeyi.start(data, Map.of(), Clock.offset(Clock.systemUTC(), Duration.ofHours(3)))) {
      Desk desk = Desk.of(heyi);
      assertThat(desk.track(desk.auditor(), order).status()).as("over").isEqualTo(403);
      assertThat(desk.revoke(desk.clerk(), order).status()).as("nothing to revoke").isEqualTo(409);
      takenBack(desk);
    }
    assertThat(accesses(data, root))
        .containsSubsequence("sealed-opened", "sealed-opening-declined", "sealed-opening-revoked");
  }

  /** One order is taken back before anybody agreed, another one while it is good. */
  private static void takenBack(Desk desk) throws Exception {
    String withdrawn = asked(desk);
    assertThat(desk.decide(desk.auditor(), withdrawn, false).status()).isEqualTo(200);
    assertThat(desk.approve(desk.clerk(), withdrawn).status()).isEqualTo(409);
    String good = asked(desk);
    assertThat(desk.approve(desk.clerk(), good).status()).isEqualTo(200);
    assertThat(desk.track(desk.clerk(), good).body()).isEqualTo(SOUND);

    Answer revoked = desk.revoke(desk.auditor(), good);

    assertThat(revoked.status()).as(revoked.body()).isEqualTo(200);
    assertThat(revoked.json().at("/orders/0/state").asText()).isEqualTo("REVOKED");
    assertThat(revoked.json().at("/orders/0/revoked/role").asText()).isEqualTo("auditor");
    assertThat(revoked.json().at("/recordings/0/accesses").findValuesAsText("type"))
        .endsWith("sealed-opened", "sealed-opening-revoked");
    assertThat(desk.track(desk.clerk(), good).status()).isEqualTo(403);
  }

  private static String asked(Desk desk) throws Exception {
    Answer tooLong = desk.ask(desk.auditor(), "{\"reason\": \"投诉调查\", \"hours\": 169}");
    assertThat(tooLong.status()).isEqualTo(400);
    Answer asked = desk.ask(desk.auditor(), "{\"reason\": \"投诉调查\", \"hours\": 2}");
    assertThat(asked.status()).as(asked.body()).isEqualTo(200);
    JsonNode view = asked.json();
    assertThat(view.at("/recordings/0/tracks/0/fileName").asText()).isEqualTo(TRACK);
    assertThat(view.at("/orders/0/state").asText()).isEqualTo("REQUESTED");
    return view.at("/orders/0/orderId").asText();
  }

  private static ObjectStore store(Path data, DataDirectory directory) throws IOException {
    return EncryptionWiring.before(
        new DirectoryObjectStore(data.resolve("objects")),
        HeyiConfig.defaults().recording(),
        directory);
  }

  /** Puts a sealed recording with one track into the store of a server that is not running. */
  private void keepCaucus(Path data, ObjectKey root) throws IOException {
    byte[] sound = SOUND.getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("ledger.jsonl");
    try (Ledger ledger = Ledger.open(file)) {
      append(
          ledger,
          RecordingEvents.STARTED,
          String.format(
              Locale.ROOT,
              """
          {"recordingId":"%s","sessionId":"s-1","class":"SEALED","startedAt":"2026-11-21T01:00:00Z"}
          """,
              root.name()));
      append(
          ledger,
          RecordingEvents.TRACK_MADE,
          String.format(
              Locale.ROOT,
              """
          {"trackId":"party-1-audio-1","seatId":"party-1","label":"party-1","kind":"audio",\
          "source":"party-1-1-a0","sizeBytes":%d,"sha256":"%s","contentType":"audio/webm",\
          "offsetMillis":0,"durationMillis":5000,"clock":"sender-reports","gaps":[]}
          """,
              sound.length,
              Sha256.of(sound)));
      append(
          ledger,
          RecordingEvents.SEALED,
          "{\"chunks\":0,\"tracks\":1,\"durationMillis\":5000,\"interrupted\":false}");
    }
    byte[] ledger = Files.readAllBytes(file);
    try (DataDirectory directory = DataDirectory.lock(data)) {
      ObjectStore store = store(data, directory);
      store.put(StoreLayout.tracks(root).child(TRACK), ObjectContent.ofBytes(sound, "audio/webm"));
      store.put(StoreLayout.ledger(root), ObjectContent.ofBytes(ledger, "application/jsonl"));
      store.put(
          StoreLayout.manifest(root),
          ObjectContent.ofBytes(Manifest.ofLedger(ledger).write(), "application/json"));
    }
  }

  private static void append(Ledger ledger, String type, String payload) throws IOException {
    ledger.append(
        Instant.parse("2026-11-21T01:00:00Z"),
        Duration.ZERO,
        new LedgerEvent(type, CanonicalJson.read(payload.getBytes(StandardCharsets.UTF_8))));
  }

  private static List<String> accesses(Path data, ObjectKey root) throws IOException {
    try (DataDirectory directory = DataDirectory.lock(data)) {
      ObjectStore store = store(data, directory);
      List<String> types = new ArrayList<>();
      for (ObjectKey entry : store.list(StoreLayout.access(root))) {
        try (InputStream in = store.read(entry)) {
          types.add(CanonicalJson.read(in.readAllBytes()).path("type").asText());
        }
      }
      return types;
    }
  }
}
