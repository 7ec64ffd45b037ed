package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.recording.Sha256;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.ledger.LedgerReader;
import heyi.recording.log.Checkpoint;
import heyi.recording.log.NoteKey;
import heyi.recording.packaging.PackageLayout;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.VerificationReport;
import heyi.server.demo.MediationPlay;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole mediation over the real API, with bots that send real sound and picture. */
class MediationTest {
  @TempDir Path folder;

  @Test
  @Timeout(300)
  @DisplayName("R26, R36, R38: a recorded mediation ends signed, sealed, attached and replayable")
  void aMediationIsRecordedSignedSealedAndReplayable() throws Exception {
    try (RunningHeyi heyi = RunningHeyi.start(folder.resolve("data"))) {
      StringWriter told = new StringWriter();
      Vertx vertx = Vertx.vertx();

      MediationPlay.Outcome outcome =
          new MediationPlay(vertx, heyi.stage(folder, Duration.ofSeconds(3)), new PrintWriter(told))
              .play();
      Waiting.on(vertx.close());

      VerificationReport report = EvidenceVerifier.verify(outcome.evidencePackage());
      assertThat(report.findings()).isEmpty();
      assertThat(report.disclosed())
          .as("a session that is closed in order has no gap, not even at its end")
          .noneMatch(line -> line.en().startsWith(RecordingEvents.GAP));
      String auditor = heyi.login(heyi.links().auditor());
      theCaseHoldsTheSession(heyi, auditor, outcome);
      theTranscriptIsInThePackageAndFindsTheSession(heyi, auditor, outcome);
      aTrackCanBeSoughtAndRefusesWhatIsNotThere(heyi, auditor);
      theReplayTellsWhoSpokeWhen(heyi, auditor);
      theReplayTellsThatTheEvidenceWasVerified(heyi, auditor, outcome);
      theSealIsShownAndEveryLookIsListed(heyi, auditor);
      thePageMayHashLedgerAndChunksItself(heyi, auditor, outcome);
      aPackageNamesWhoLookedUntilItWasDownloaded(heyi, auditor);
      anybodyReadsTheLogAndFindsTheRecordingInIt(heyi, auditor);
      theDocumentTellsItsPages(heyi, auditor);
      theSeatsAreClosed(heyi);
    }
  }

  private static void theCaseHoldsTheSession(
      RunningHeyi heyi, String cookie, MediationPlay.Outcome outcome) throws Exception {
    JsonNode caseFile = caseFile(heyi, cookie);

    assertThat(caseFile.path("status").asText()).isEqualTo("EFFECTIVE");
    assertThat(caseFile.at("/sessions/0/state").asText()).isEqualTo("SEALED");
    assertThat(caseFile.at("/sessions/0/rootHash").asText()).isEqualTo(outcome.rootHash());
    assertThat(caseFile.path("documents")).hasSize(2);
  }

  private static void theTranscriptIsInThePackageAndFindsTheSession(
      RunningHeyi heyi, String auditor, MediationPlay.Outcome outcome) throws Exception {
    String search = "/api/sessions?text=" + URLEncoder.encode("尚欠本金三万六千元", StandardCharsets.UTF_8);
    JsonNode found = heyi.send("GET", search, null, "Cookie", auditor).json().at("/sessions/0");

    try (FileSystem zip = FileSystems.newFileSystem(outcome.evidencePackage())) {
      assertThat(Files.readString(zip.getPath(PackageLayout.TRANSCRIPT)))
          .contains("1. 当事人2 party-2：确认尚欠本金三万六千元，", "4. 当事人2 party-2：至第 2 条");
    }
    assertThat(found.path("sessionId").asText()).isEqualTo(session(heyi));
    assertThat(found.at("/lines/0/text").asText()).startsWith("确认尚欠本金三万六千元");
    assertThat(found.at("/lines/0/atMs").asLong()).isBetween(1L, found.path("durationMs").asLong());
    String clerk = heyi.login(heyi.links().clerk());
    assertThat(heyi.send("GET", search, null, "Cookie", clerk).status()).isEqualTo(403);
  }

  private static void aTrackCanBeSoughtAndRefusesWhatIsNotThere(RunningHeyi heyi, String cookie)
      throws Exception {
    JsonNode replay =
        heyi.send("GET", "/api/sessions/" + session(heyi), null, "Cookie", cookie).json();
    String url = replay.at("/tracks/0/url").asText();

    var part = heyi.send("GET", url, null, "Cookie", cookie, "Range", "bytes=4-13");
    var behind = heyi.send("GET", url, null, "Cookie", cookie, "Range", "bytes=999999999-");

    assertThat(part.status()).isEqualTo(206);
    assertThat(part.header("content-range")).startsWith("bytes 4-13/");
    assertThat(part.header("content-length")).isEqualTo("10");
    assertThat(part.header("cache-control")).contains("no-store");
    assertThat(behind.status()).isEqualTo(416);
    assertThat(replay.path("events").findValuesAsText("type"))
        .contains("seat-joined", "consent-given", "agreement-confirmed", "agreement-signed");
  }

  private static void theReplayTellsWhoSpokeWhen(RunningHeyi heyi, String cookie) throws Exception {
    JsonNode replay =
        heyi.send("GET", "/api/sessions/" + session(heyi), null, "Cookie", cookie).json();

    for (JsonNode track : replay.path("tracks")) {
      JsonNode speech = track.path("speech");
      if (track.path("kind").asText().equals("video")) {
        assertThat(speech).isEmpty();
        continue;
      }
      assertThat(speech).as("a beep a second").hasSizeGreaterThan(2);
      for (JsonNode span : speech) {
        assertThat(span.get(1).asLong() - span.get(0).asLong()).isBetween(60L, 200L);
        assertThat(span.get(0).asLong()).isNotNegative();
      }
    }
  }

  private static void theReplayTellsThatTheEvidenceWasVerified(
      RunningHeyi heyi, String cookie, MediationPlay.Outcome outcome) throws Exception {
    JsonNode verification =
        heyi.send("GET", "/api/sessions/" + session(heyi), null, "Cookie", cookie)
            .json()
            .path("verification");

    assertThat(verification.path("state").asText()).isEqualTo("intact");
    assertThat(verification.path("rootHash").asText()).isEqualTo(outcome.rootHash());
    assertThat(Instant.parse(verification.path("at").asText()))
        .isAfter(Instant.parse(caseFile(heyi, cookie).at("/sessions/0/endedAt").asText()));
  }

  private static void theSealIsShownAndEveryLookIsListed(RunningHeyi heyi, String cookie)
      throws Exception {
    String path = "/api/sessions/" + session(heyi);
    JsonNode before = heyi.send("GET", path + "/seal", null, "Cookie", cookie).json();
    status(heyi, path, cookie);
    JsonNode seal = heyi.send("GET", path + "/seal", null, "Cookie", cookie).json();

    assertThat(seal.path("scheme").asText()).isEqualTo("ecdsa-p256-sha256");
    assertThat(seal.at("/stamp/authority").asText()).contains("Heyi demonstration TSA");
    assertThat(seal.at("/stamp/trusted").asBoolean()).isTrue();
    assertThat(seal.at("/log/index").asInt()).isZero();
    assertThat(before.path("accesses").findValuesAsText("type")).contains("package-exported");
    assertThat(seal.path("accesses")).hasSize(before.path("accesses").size() + 1);
  }

  private static void thePageMayHashLedgerAndChunksItself(
      RunningHeyi heyi, String cookie, MediationPlay.Outcome outcome) throws Exception {
    String path = "/api/sessions/" + session(heyi);

    LedgerReader.Content ledger = LedgerReader.read(bytes(heyi, path + "/ledger", cookie));
    List<SealedChunk> chunks =
        ledger.entries().stream()
            .filter(entry -> entry.type().equals(SealedChunk.EVENT_TYPE))
            .map(entry -> SealedChunk.ofJson(entry.payload()))
            .toList();

    assertThat(ledger.whole()).isTrue();
    assertThat(ledger.root().toString()).isEqualTo(outcome.rootHash());
    assertThat(chunks).isNotEmpty();
    for (SealedChunk chunk : chunks) {
      byte[] original = bytes(heyi, path + "/chunks/" + chunk.number(), cookie);
      assertThat(Sha256.of(original)).isEqualTo(chunk.sha256());
    }
    assertThat(status(heyi, path + "/chunks/" + chunks.size(), cookie)).isEqualTo(404);
    assertThat(status(heyi, path + "/chunks/-1", cookie)).isEqualTo(404);
    assertThat(status(heyi, path + "/chunks/0", "")).isEqualTo(401);
    assertThat(status(heyi, path + "/ledger", "")).isEqualTo(401);
  }

  private static void aPackageNamesWhoLookedUntilItWasDownloaded(RunningHeyi heyi, String cookie)
      throws Exception {
    int first = accessesInPackage(heyi, cookie);
    status(heyi, "/api/sessions/" + session(heyi), cookie);
    int second = accessesInPackage(heyi, cookie);

    assertThat(second).as("the look and the second download").isEqualTo(first + 2);
  }

  private static int accessesInPackage(RunningHeyi heyi, String cookie) throws Exception {
    byte[] file = bytes(heyi, "/api/sessions/" + session(heyi) + "/package", cookie);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(PackageLayout.ACCESS)) {
          return LedgerReader.read(zip.readAllBytes()).entries().size();
        }
      }
    }
    throw new AssertionError("the package has no access ledger");
  }

  private static byte[] bytes(RunningHeyi heyi, String path, String cookie) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + heyi.port() + path))
            .header("Cookie", cookie)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }
  }

  private static void anybodyReadsTheLogAndFindsTheRecordingInIt(RunningHeyi heyi, String cookie)
      throws Exception {
    JsonNode log =
        heyi.send("GET", "/api/sessions/" + session(heyi) + "/seal", null, "Cookie", cookie)
            .json()
            .path("log");

    String key = heyi.send("GET", "/api/log/keys", null).body().lines().findFirst().orElseThrow();
    Checkpoint checkpoint = Checkpoint.read(heyi.send("GET", "/api/log/checkpoint", null).body());
    String entries =
        heyi.send("GET", "/api/log/tile/entries/000.p/" + checkpoint.size(), null).body();

    assertThat(checkpoint.signedBy(NoteKey.ofVerifierKey(key))).isTrue();
    assertThat(checkpoint.origin()).isEqualTo(log.path("origin").asText());
    assertThat(entries).contains("\"recordingId\":\"" + session(heyi) + "-1\"");
    assertThat(heyi.send("GET", "/api/log/tile/0/001", null).status()).isEqualTo(404);
    assertThat(heyi.send("GET", "/api/log/tile/../secret", null).status()).isNotEqualTo(200);
    assertThat(heyi.send("GET", "/api/log/consistency?from=5&to=1", null).status()).isEqualTo(400);
  }

  private static void theDocumentTellsItsPages(RunningHeyi heyi, String cookie) throws Exception {
    JsonNode caseFile = caseFile(heyi, cookie);
    String path = "/api/documents/" + caseFile.at("/documents/0/documentId").asText();

    int pages =
        heyi.send("GET", path + "/text", null, "Cookie", cookie).json().path("pages").asInt();

    assertThat(pages).isPositive();
    assertThat(status(heyi, path + "/pages/" + pages + ".png", cookie)).isEqualTo(200);
    assertThat(status(heyi, path + "/pages/" + (pages + 1) + ".png", cookie)).isEqualTo(404);
  }

  private static JsonNode caseFile(RunningHeyi heyi, String cookie) throws Exception {
    String caseId =
        heyi.send("GET", "/api/cases", null, "Cookie", cookie)
            .json()
            .at("/cases/0/caseId")
            .asText();
    return heyi.send("GET", "/api/cases/" + caseId, null, "Cookie", cookie).json();
  }

  private static int status(RunningHeyi heyi, String path, String cookie) throws Exception {
    return heyi.send("GET", path, null, "Cookie", cookie).status();
  }

  private static String session(RunningHeyi heyi) {
    return heyi.links().session().value();
  }

  private static void theSeatsAreClosed(RunningHeyi heyi) throws Exception {
    String token = heyi.links().parties().getFirst().token().reveal();
    var preview = heyi.send("POST", "/api/invitations/preview", "{\"token\":\"" + token + "\"}");

    assertThat(preview.status()).isEqualTo(410);
  }
}
