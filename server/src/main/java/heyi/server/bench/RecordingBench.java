package heyi.server.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/**
 * What a recording costs: live, against a browser that records the same room at the same time
 * ({@link LiveRecording}); and in bulk, where half an hour of talk goes through the recorder in
 * less than a minute ({@link BulkRecording}).
 *
 * <p>A table for people and one line of JSON for machines. Seeded: the same packets each time.
 */
public final class RecordingBench {
  private static final double MOST_CORE_PERCENT = 2.0;
  private static final double LEAST_RATIO = 30;
  private static final double MOST_VERIFY_SECONDS_PER_HOUR = 10;

  private static final Duration BULK = Duration.ofMinutes(30);

  private final PrintWriter out;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "recording");
  private boolean good = true;

  private RecordingBench(PrintWriter out) {
    this.out = out;
  }

  /**
   * Measures both.
   *
   * @param window how long processor time is counted, each time
   * @param chromium the browser to compare with
   * @return true when all is on target
   */
  public static boolean run(
      Vertx vertx, Path folder, Clock clock, Duration window, String chromium, PrintWriter out)
      throws IOException, InterruptedException {
    RecordingBench bench = new RecordingBench(out);
    bench.report(LiveRecording.measure(vertx, folder.resolve("live"), clock, window, chromium));
    bench.report(BulkRecording.measure(vertx, folder.resolve("bulk"), clock, BULK));
    out.println(bench.json.put("onTarget", bench.good));
    out.flush();
    return bench.good;
  }

  private void report(LiveRecording.Cost live) {
    if (live.browserTracks() != live.expectedTracks()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "the browser recorded %d of %d tracks: the comparison is void",
              live.browserTracks(),
              live.expectedTracks()));
    }
    line("people recorded", live.people(), "%.0f in rooms of " + live.peopleInRoom());
    line("packets a second each", live.packetsPerSecond(), "%.0f");
    target(
        "core per participant",
        live.corePercent(),
        "%.2f %%",
        live.corePercent() <= MOST_CORE_PERCENT,
        "at most 2");
    line("core per room", live.corePercent() * live.peopleInRoom(), "%.2f %%");
    line("memory per participant", live.kilobytesPerPerson() / 1024, "%.1f MB");
    line("memory per room", live.kilobytesPerPerson() * live.peopleInRoom() / 1024, "%.1f MB");
    line("browser, core per room", live.browserCorePercent(), "%.1f %%");
    line("browser, memory", live.browserKilobytes() / 1024, "%.0f MB");
    line("recorder meanwhile, core per room", live.recorderCorePercent(), "%.2f %%");
    double ratio = live.browserCorePercent() / live.recorderCorePercent();
    target("times cheaper than the browser", ratio, "%.0f", ratio >= LEAST_RATIO, "at least 30");
    out.flush();
  }

  private void report(BulkRecording.Cost bulk) {
    line("chunks a second, one process", bulk.chunksPerSecond(), "%.0f");
    line("rooms of three that is", bulk.rooms(), "%.0f");
    target(
        "verified per recorded hour",
        bulk.verifySecondsPerHour(),
        "%.1f s",
        bulk.verifySecondsPerHour() <= MOST_VERIFY_SECONDS_PER_HOUR,
        "at most 10");
    line("bit rate of the three", bulk.megabitsPerSecond(), "%.2f Mbit/s");
    line("stored per hour", bulk.storedBytesPerHour() / 1e6, "%.0f MB");
    line("package per hour", bulk.packageBytesPerHour() / 1e6, "%.0f MB");
  }

  private void line(String what, double value, String format) {
    out.println(String.format(Locale.ROOT, "  %-36s " + format, what, value));
    json.put(key(what), value);
  }

  private void target(String what, double value, String format, boolean met, String goal) {
    good &= met;
    String verdict = met ? "ok" : "MISSED";
    out.println(
        String.format(Locale.ROOT, "  %-36s " + format + " (%s)   %s", what, value, goal, verdict));
    json.put(key(what), value);
  }

  private static String key(String what) {
    return what.replace(",", "").replace(' ', '-');
  }
}
