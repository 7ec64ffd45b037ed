package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.recording.encryption.MasterKeyFile;
import heyi.server.boot.RunningHeyi.Answer;
import heyi.server.demo.Awaiting;
import heyi.server.demo.MediationPlay;
import heyi.testkit.S3ProxyProcess;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Films and clips of a mediation that was really held, over the API; evidence lies in S3. */
@DisplayName("Films and clips")
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExportTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String BUCKET = "evidence";
  private static final Map<String, String> SMALL =
      Map.of(
          "HEYI_EXPORTS_HEIGHT", "180",
          "HEYI_EXPORTS_FRAMES_PER_SECOND", "10",
          "HEYI_EXPORTS_SEGMENT", "PT1S",
          "HEYI_EXPORTS_MOST_OPEN", "3");

  @TempDir static Path folder;

  private static S3ProxyProcess s3;
  private static Vertx vertx;
  private static RunningHeyi heyi;
  private static String session;
  private static String mediator;
  private static String auditor;

  @BeforeAll
  static void mediate() throws Exception {
    vertx = Vertx.vertx();
    s3 = S3ProxyProcess.start(Files.createDirectory(folder.resolve("s3")));
    MasterKeyFile.create(folder.resolve("master"), new SecureRandom());
    heyi = RunningHeyi.start(folder.resolve("data"), settings());
    session = heyi.links().session().value();
    new MediationPlay(
            vertx, heyi.stage(folder, Duration.ofSeconds(3)), new PrintWriter(new StringWriter()))
        .play();
    signIn();
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(SMALL);
    settings.put("HEYI_RECORDING_STORE", "s3");
    settings.put("HEYI_RECORDING_MASTER_KEY_FILE", folder.resolve("master").toString());
    settings.put("HEYI_RECORDING_S3_ENDPOINT", s3.endpoint().toString());
    settings.put("HEYI_RECORDING_S3_BUCKET", BUCKET);
    settings.put("HEYI_RECORDING_S3_ACCESS_KEY", S3ProxyProcess.IDENTITY);
    settings.put("HEYI_RECORDING_S3_SECRET_KEY", S3ProxyProcess.CREDENTIAL);
    return settings;
  }

  private static void signIn() throws Exception {
    mediator = heyi.login(heyi.links().mediator());
    auditor = heyi.login(heyi.links().auditor());
  }

  @AfterAll
  static void stop() throws Exception {
    heyi.close();
    s3.close();
    Waiting.on(vertx.close());
  }

  private static String all() {
    return "/api/sessions/" + session + "/exports";
  }

  private static Answer get(String path, String cookie, String... headers) throws Exception {
    List<String> with = new ArrayList<>(List.of("Cookie", cookie));
    with.addAll(List.of(headers));
    return heyi.send("GET", path, null, with.toArray(String[]::new));
  }

  private static Answer post(String path, String body, String cookie) throws Exception {
    return heyi.send("POST", path, body, "Cookie", cookie);
  }

  private static JsonNode one(String id, String cookie) throws Exception {
    return StreamSupport.stream(get(all(), cookie).json().path("exports").spliterator(), false)
        .filter(export -> export.path("exportId").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode whenEnded(String id) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    JsonNode export = one(id, auditor);
    while (List.of("queued", "running").contains(export.path("state").asText())) {
      assertThat(System.nanoTime()).as("still %s", export).isLessThan(deadline);
      Awaiting.get("a moment", LIMIT, vertx.timer(100, TimeUnit.MILLISECONDS));
      export = one(id, auditor);
    }
    return export;
  }

  private static String composite(String cookie) throws Exception {
    Answer answer = post(all(), "{\"layout\":\"grid\",\"watermark\":true}", cookie);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().path("exportId").asText();
  }

  private static String doneFilm() throws Exception {
    for (JsonNode export : get(all(), auditor).json().path("exports")) {
      if (export.path("state").asText().equals("done")) {
        return export.path("exportId").asText();
      }
    }
    String made = composite(mediator);
    assertThat(whenEnded(made).path("state").asText()).isEqualTo("done");
    return made;
  }

  private static void isProblem(Answer answer, int status, String slug) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().path("type").asText()).isEqualTo("urn:heyi:problem:" + slug);
  }

  private static List<String> audited() throws Exception {
    int port = Integer.parseInt(Files.readString(folder.resolve("data/postgres/port")).strip());
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    List<String> lines = new ArrayList<>();
    try (var connection = DriverManager.getConnection(url);
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    "select u.login, a.action from audit_entry a join user_account u"
                        + " using (user_id) order by audit_id")) {
      while (rows.next()) {
        lines.add(rows.getString(1) + " " + rows.getString(2));
      }
    }
    return lines;
  }

  @Test
  @Order(1)
  void whoMayReplayMakesAndPlaysAFilmButDoesNotTakeItAway() throws Exception {
    String id = doneFilm();
    JsonNode film = one(id, mediator);

    Answer begin = get(film.path("videoUrl").asText(), mediator, "Range", "bytes=0-1023");
    Answer later = get(film.path("videoUrl").asText(), mediator, "Range", "bytes=1024-2047");
    Answer refused = get(all() + "/" + id + "/download", mediator);
    Answer taken = get(all() + "/" + id + "/download", auditor);

    assertThat(film.path("mayDownload").asBoolean()).isFalse();
    assertThat(film.has("downloadUrl")).isFalse();
    assertThat(film.path("durationMs").asLong()).isGreaterThan(3_000);
    assertThat(begin.status()).isEqualTo(206);
    assertThat(begin.header("content-type")).isEqualTo("video/mp4");
    assertThat(begin.header("content-disposition")).isEmpty();
    assertThat(begin.body()).contains("ftyp").contains("moov");
    assertThat(later.status()).isEqualTo(206);
    isProblem(refused, 403, "not-allowed");
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.header("content-disposition")).startsWith("attachment");
    assertThat(taken.header("content-length")).isEqualTo(film.path("sizeBytes").asText());
    assertThat(audited().stream().filter("mediator export-played"::equals)).hasSize(1);
    assertThat(audited())
        .containsSubsequence(
            "mediator composite-requested", "mediator export-played", "auditor export-downloaded")
        .doesNotContain("mediator export-downloaded");
  }

  @Test
  @Order(2)
  void thePackageIsADownloadToo() throws Exception {
    isProblem(get("/api/sessions/" + session + "/package", mediator), 403, "not-allowed");
  }

  @Test
  @Order(3)
  void aClipNeedsAnotherPersonAndIsAVersionBesideTheFilm() throws Exception {
    String parent = doneFilm();
    JsonNode before = one(parent, auditor);
    String ask = "{\"fromMs\":500,\"toMs\":1500,\"reason\":\"争议焦点\"}";

    Answer asked = post(all() + "/" + parent + "/clips", ask, mediator);
    String clip = asked.json().path("exportId").asText();
    Answer own = post(all() + "/" + clip + "/approval", "{\"approved\":true}", mediator);
    Answer early = get(all() + "/" + clip + "/video", mediator);
    Answer approved = post(all() + "/" + clip + "/approval", "{\"approved\":true}", auditor);
    Answer twice = post(all() + "/" + clip + "/approval", "{\"approved\":false}", auditor);
    JsonNode made = whenEnded(clip);

    assertThat(asked.json().path("state").asText()).isEqualTo("waiting");
    assertThat(asked.json().path("mayDecide").asBoolean()).isFalse();
    isProblem(own, 403, "not-allowed");
    isProblem(early, 409, "no-film");
    assertThat(approved.status()).isEqualTo(200);
    isProblem(twice, 409, "already-decided");
    assertThat(made.path("state").asText()).isEqualTo("done");
    assertThat(made.path("parentId").asText()).isEqualTo(parent);
    assertThat(made.path("reason").asText()).isEqualTo("争议焦点");
    assertThat(made.path("requestedBy").asText()).isNotEqualTo(made.path("decidedBy").asText());
    assertThat(made.path("durationMs").asLong()).isEqualTo(1_000);
    assertThat(get(all() + "/" + clip + "/download", mediator).status()).isEqualTo(200);
    assertThat(one(parent, auditor)).isEqualTo(before);
    assertThat(audited())
        .containsSubsequence(
            "mediator clip-requested", "auditor clip-approved", "mediator export-downloaded");
  }

  @Test
  @Order(4)
  void aDeclinedClipIsNeverMade() throws Exception {
    String parent = doneFilm();
    String ask = "{\"fromMs\":0,\"toMs\":500,\"reason\":\"r\"}";
    String clip =
        post(all() + "/" + parent + "/clips", ask, auditor).json().path("exportId").asText();

    Answer declined = post(all() + "/" + clip + "/approval", "{\"approved\":false}", mediator);

    assertThat(declined.json().path("state").asText()).isEqualTo("declined");
    isProblem(post(all() + "/" + clip + "/cancellation", "{}", auditor), 409, "already-ended");
  }

  @Test
  @Order(5)
  void badRequestsChangeNothing() throws Exception {
    String parent = doneFilm();
    int before = get(all(), auditor).json().path("exports").size();
    String clips = all() + "/" + parent + "/clips";

    isProblem(post(all(), "{\"layout\":\"round\",\"watermark\":true}", auditor), 400, "malformed");
    isProblem(post(all(), "{\"layout\":\"grid\"}", auditor), 400, "malformed");
    isProblem(post(clips, "{\"fromMs\":5,\"toMs\":5,\"reason\":\"r\"}", auditor), 400, "malformed");
    isProblem(
        post(clips, "{\"fromMs\":0,\"toMs\":99999999,\"reason\":\"r\"}", auditor),
        400,
        "malformed");
    isProblem(
        post(clips, "{\"fromMs\":0,\"toMs\":500,\"reason\":\" \"}", auditor), 400, "malformed");
    isProblem(post(all() + "/export-none/cancellation", "{}", auditor), 404, "not-found");
    isProblem(get(all(), "x=y"), 401, "not-signed-in");

    assertThat(get(all(), auditor).json().path("exports")).hasSize(before);
  }

  @Test
  @Order(6)
  void theQueueIsBoundedAndWhatWaitsCanBeCancelled() throws Exception {
    String first = composite(auditor);
    String second = composite(auditor);
    String third = composite(auditor);

    Answer fourth = post(all(), "{\"layout\":\"speaker\",\"watermark\":false}", auditor);
    for (String id : List.of(third, second, first)) {
      assertThat(post(all() + "/" + id + "/cancellation", "{}", auditor).status()).isEqualTo(200);
    }

    isProblem(fourth, 503, "exports-full");
    assertThat(whenEnded(first).path("state").asText()).isEqualTo("cancelled");
    String next = composite(auditor);
    assertThat(whenEnded(next).path("state").asText()).isEqualTo("done");
  }

  @Test
  @Order(7)
  void aFilmGoesOnAfterTheServerStarts() throws Exception {
    String id = composite(auditor);
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (one(id, auditor).path("state").asText().equals("queued")) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }

    heyi.close();
    heyi = RunningHeyi.start(folder.resolve("data"), settings());
    signIn();

    assertThat(whenEnded(id).path("state").asText()).isEqualTo("done");
    untilNothingIsLeftToMake();
    assertThat(stored(id)).isOne();
  }

  @Test
  @Order(8)
  void aFilmWhoseWorkerIsKilledIsMadeAllTheSame() throws Exception {
    String id = composite(auditor);
    kill(id);

    JsonNode film = whenEnded(id);

    assertThat(film.path("state").asText()).isEqualTo("done");
    assertThat(stored(id)).isOne();
    assertThat(get(all() + "/" + id + "/download", auditor).header("content-length"))
        .isEqualTo(film.path("sizeBytes").asText());
  }

  @Test
  @Order(9)
  void nothingIsThereOfAFilmWhoseWorkersAreAllKilled() throws Exception {
    String id = composite(auditor);
    kill(id);
    kill(id);

    assertThat(whenEnded(id).path("state").asText()).isEqualTo("failed");
    isProblem(get(all() + "/" + id + "/video", auditor), 409, "no-film");
    isProblem(get(all() + "/" + id + "/download", auditor), 409, "no-film");
    assertThat(stored(id)).isZero();
    untilNothingIsLeftToMake();
  }

  /** The folder of a film is removed just after the film has ended. */
  private static void untilNothingIsLeftToMake() throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!isEmpty(folder.resolve("data/films"))) {
      assertThat(System.nanoTime()).as("something is left").isLessThan(deadline);
      Awaiting.get("a moment", LIMIT, vertx.timer(20, TimeUnit.MILLISECONDS));
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.findAny().isEmpty();
    }
  }

  /** Waits for the worker that makes the film, and kills it. */
  private static void kill(String id) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Optional<ProcessHandle> worker = worker(id);
    while (worker.isEmpty()) {
      assertThat(System.nanoTime()).as("nobody makes %s", id).isLessThan(deadline);
      Awaiting.get("a moment", LIMIT, vertx.timer(20, TimeUnit.MILLISECONDS));
      worker = worker(id);
    }
    assertThat(worker.get().destroyForcibly()).isTrue();
    worker.get().onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static Optional<ProcessHandle> worker(String id) {
    String work = folder.resolve("data/films").resolve(id).toAbsolutePath().toString();
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(
            child ->
                child.info().arguments().stream().flatMap(Arrays::stream).anyMatch(work::equals))
        .findFirst();
  }

  /** Objects of a film in the bucket. */
  private static long stored(String id) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("s3/data").resolve(BUCKET))) {
      return all.filter(path -> path.getFileName().toString().equals(id + ".mp4")).count();
    }
  }
}
