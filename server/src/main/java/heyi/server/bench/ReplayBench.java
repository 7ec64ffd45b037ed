package heyi.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.RecordingId;
import heyi.server.demo.ApiClient;
import heyi.server.demo.Awaiting;
import heyi.server.demo.ScriptedParticipant;
import heyi.signaling.room.Phase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long an auditor waits: from choosing a long session in the list to the first picture, and
 * from a seek to sound and picture of everybody there; in Chromium, against a server.
 *
 * <p>The session begins in the server and its recording is left unfinished by a kill; a tape of
 * three people, made faster than they talk, takes its place, and the server attaches that at its
 * next start as it does after any kill.
 */
public final class ReplayBench {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Duration PACE = Duration.ofMillis(12);
  private static final double MOST_FIRST_PICTURE_SECONDS = 0.5;
  private static final double MOST_SEEK_SECONDS = 0.3;
  private static final int OPENINGS = 20;
  private static final int SEEKS = 20;
  private static final int PEOPLE = TapedRecording.PEOPLE.size();

  /** The first and the last seconds may belong to one track only. */
  private static final int END_MILLIS = 5_000;

  /** After these the server that was just started has compiled what opening needs. */
  private static final int WARMING_OPENINGS = 10;

  /** The same of seeking. */
  private static final int WARMING_SEEKS = 10;

  /** Beyond it the page is at another place than it was asked for. */
  private static final int MOST_ASTRAY_MILLIS = 50;

  private final Vertx vertx;
  private final Path data;
  private final Clock clock;
  private final Duration length;
  private final PrintWriter out;

  private ReplayBench(Vertx vertx, Path data, Clock clock, Duration length, PrintWriter out) {
    this.vertx = vertx;
    this.data = data;
    this.clock = clock;
    this.length = length;
    this.out = out;
  }

  /**
   * Makes a session so long, opens its replay and seeks in it; true when on target.
   *
   * @param folder for what is needed meanwhile
   * @param chromium the browser
   * @param kept folder of a server with such a session, made at the first time; null for neither
   */
  public static boolean run(
      Vertx vertx,
      Path folder,
      String chromium,
      @Nullable Path kept,
      Clock clock,
      Duration length,
      PrintWriter out)
      throws IOException, InterruptedException {
    Path data = kept == null ? folder.resolve("data") : kept;
    return new ReplayBench(vertx, data, clock, length, out).measure(folder, chromium);
  }

  private boolean measure(Path folder, String chromium) throws IOException, InterruptedException {
    Path made = data.resolve("bench-session.txt");
    if (!Files.exists(made)) {
      String fresh = session();
      tape(fresh, folder.resolve("tape"));
      Files.writeString(made, fresh);
    }
    String session = Files.readString(made);
    try (ChildServer server = ChildServer.start(data);
        HeadlessBrowser browser =
            HeadlessBrowser.start(vertx, chromium, folder.resolve("profile"))) {
      awaitSealed(server, session);
      browser.beforeEachPage(script());
      signIn(browser, server);
      String list = "http://127.0.0.1:" + server.port() + "/sessions";
      browser.open(list);
      List<Duration> first = new ArrayList<>();
      List<Duration> all = new ArrayList<>();
      for (int i = -WARMING_OPENINGS; i < OPENINGS; i++) {
        JsonNode opened = browser.evaluate("heyiOpen('" + session + "', " + PEOPLE + ")");
        if (i >= 0) {
          first.add(millis(opened.path("first").asDouble()));
          all.add(millis(opened.path("all").asDouble()));
        }
        browser.evaluate("heyiBack()");
      }
      browser.evaluate("heyiOpen('" + session + "', " + PEOPLE + ")");
      List<Duration> seeks = new ArrayList<>();
      SplittableRandom random = new SplittableRandom(1);
      for (int i = -WARMING_SEEKS; i < SEEKS; i++) {
        long to = random.nextLong(END_MILLIS, length.toMillis() - END_MILLIS);
        JsonNode seek = browser.evaluate("heyiSeek(" + to + ")");
        if (seek.path("media").asInt() != 2 * PEOPLE
            || seek.path("astrayMs").asDouble() > MOST_ASTRAY_MILLIS) {
          throw new IllegalStateException("the page did not seek to " + to + " ms: " + seek);
        }
        if (i >= 0) {
          seeks.add(millis(seek.path("tookMs").asDouble()));
        }
      }
      return report(new Quantiles(first), new Quantiles(all), new Quantiles(seeks));
    }
  }

  /** A session that a killed server left in mid-talk, without what it had recorded. */
  private String session() throws IOException, InterruptedException {
    try (ChildServer server = ChildServer.start(data);
        ApiClient mediator = server.mediator(vertx);
        BenchRoom room = new BenchRoom(vertx, server.port(), mediator, clock, PEOPLE - 1)) {
      ScriptedParticipant leader = room.mediatorJoins();
      room.advance(leader, Phase.OPENING);
      Awaiting.get(
          "the recorder receives",
          LIMIT,
          leader.room().state(s -> s.path("recording").asText().equals("receiving"), LIMIT));
      ProcessHandle database = server.database();
      server.kill();
      database.destroy();
      Awaiting.get("the database stops", LIMIT, Future.fromCompletionStage(database.onExit()));
      return room.session();
    }
  }

  private void tape(String session, Path work) throws IOException {
    delete(data.resolve("spool").resolve(session + "-1"));
    TapedRecording.Place place =
        new TapedRecording.Place(
            new RecordingId(session + "-2"),
            session,
            data.resolve("objects"),
            data.resolve("keys/master"),
            work);
    long begun = System.nanoTime();
    TapedRecording taped = new TapedRecording(vertx, place, clock.instant().minus(length), PACE);
    taped.feed(length);
    Awaiting.get("sealed", LIMIT, taped.recording().close());
    out.println(
        String.format(
            Locale.ROOT,
            "  session of %d min, %d people, %.0f MB of RTP, made in %.0f s",
            length.toMinutes(),
            PEOPLE,
            taped.bytes() / 1e6,
            (System.nanoTime() - begun) / 1e9));
    out.flush();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  private void awaitSealed(ChildServer server, String session) throws IOException {
    try (ApiClient auditor = new ApiClient(vertx, "127.0.0.1", server.port())) {
      auditor.login("auditor", server.auditorPassword());
      long limit = System.nanoTime() + LIMIT.toNanos();
      while (!auditor.get("/api/sessions/" + session).path("state").asText().equals("SEALED")) {
        if (System.nanoTime() > limit) {
          throw new IllegalStateException("the server did not attach the recording");
        }
        Awaiting.get("time passes", LIMIT, vertx.timer(200, TimeUnit.MILLISECONDS));
      }
    }
  }

  private static void signIn(HeadlessBrowser browser, ChildServer server) throws IOException {
    browser.open("http://127.0.0.1:" + server.port() + "/healthz");
    ObjectNode login = ApiClient.object().put("user", "auditor");
    login.put("password", server.auditorPassword());
    JsonNode status =
        browser.evaluate(
            "fetch('/api/login', {method: 'POST', headers: {'content-type': 'application/json'},"
                + " body: JSON.stringify("
                + login
                + ")}).then(({status}) => status)");
    if (status.asInt() != 200) {
      throw new IllegalStateException("the auditor could not sign in: " + status);
    }
  }

  private static String script() throws IOException {
    try (InputStream in = ReplayBench.class.getResourceAsStream("replay-watch.js")) {
      if (in == null) {
        throw new IOException("replay-watch.js is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Duration millis(double millis) {
    return Duration.ofNanos(Math.round(millis * 1e6));
  }

  private boolean report(Quantiles first, Quantiles all, Quantiles seeks) {
    boolean quick = first.seconds(0.95) <= MOST_FIRST_PICTURE_SECONDS;
    boolean agile = seeks.seconds(0.95) <= MOST_SEEK_SECONDS;
    print("open to first picture", first, MOST_FIRST_PICTURE_SECONDS, quick);
    out.println(
        String.format(
            Locale.ROOT,
            "  %-24s p50 %.3f s   p95 %.3f s",
            "open to all pictures",
            all.seconds(0.5),
            all.seconds(0.95)));
    print("seek, all tracks", seeks, MOST_SEEK_SECONDS, agile);
    out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("bench", "replay")
            .put("sessionSeconds", length.toSeconds())
            .put("firstPictureP50Seconds", first.seconds(0.5))
            .put("firstPictureP95Seconds", first.seconds(0.95))
            .put("allPicturesP95Seconds", all.seconds(0.95))
            .put("seekP50Seconds", seeks.seconds(0.5))
            .put("seekP95Seconds", seeks.seconds(0.95))
            .put("onTarget", quick && agile));
    out.flush();
    return quick && agile;
  }

  private void print(String what, Quantiles times, double limit, boolean good) {
    out.println(
        String.format(
            Locale.ROOT,
            "  %-24s p50 %.3f s   p95 %.3f s (at most %.1f)   %s",
            what,
            times.seconds(0.5),
            times.seconds(0.95),
            limit,
            good ? "ok" : "MISSED"));
  }
}
