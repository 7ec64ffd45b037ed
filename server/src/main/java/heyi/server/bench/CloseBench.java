package heyi.server.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.recording.session.Recording;
import heyi.recording.session.RecordingListener;
import heyi.recording.session.RecordingService;
import heyi.recording.session.SealedRecording;
import heyi.recording.session.SealingProgress;
import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.VerificationReport;
import heyi.server.demo.Awaiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long a session is sealed, from the close to the moment at which it can be replayed, per hour
 * of recording.
 *
 * <p>An hour of real RTP of three people goes through the recorder in less than a minute: each
 * packet carries the times that it would have had, on a clock that runs as fast as the packets
 * come. Chunks are cut, hashed and stored meanwhile as always; closing is then exactly what the
 * server does.
 */
public final class CloseBench {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final double TARGET_SECONDS_PER_HOUR = 10;

  /** So long a chunk takes here; the disk of a small machine keeps up with it. */
  private static final long CHUNK_TAKES_MILLIS = 25;

  private final Vertx vertx;
  private final Path folder;
  private final PrintWriter out;
  private final Instant begin;
  private final Map<SealingProgress.Stage, Long> stages =
      new EnumMap<>(SealingProgress.Stage.class);

  private CloseBench(Vertx vertx, Path folder, Clock clock, PrintWriter out) {
    this.vertx = vertx;
    this.folder = folder;
    this.out = out;
    this.begin = clock.instant();
  }

  /** Records for so long, closes; true when on target. */
  public static boolean run(Vertx vertx, Path folder, Clock clock, Duration length, PrintWriter out)
      throws IOException {
    return new CloseBench(vertx, folder, clock, out).measure(length);
  }

  private boolean measure(Duration length) throws IOException {
    TapedRecording taped =
        new TapedRecording(
            vertx, TapedRecording.Place.in(folder), begin, Duration.ofMillis(CHUNK_TAKES_MILLIS));
    RecordingService service = taped.service();
    Recording recording = taped.recording();
    taped.feed(length);
    taped.awaitChunksStored();
    recording.listen(new Stages());
    long closed = System.nanoTime();
    SealedRecording sealed = Awaiting.get("sealed", LIMIT, recording.close());
    double replayable = seconds(System.nanoTime() - closed);
    Path zip = folder.resolve("evidence.zip");
    Awaiting.get("package", LIMIT, service.writePackage(sealed.id(), List.of(), zip));
    double packed = seconds(System.nanoTime() - closed) - replayable;
    VerificationReport report = EvidenceVerifier.verify(zip);
    double verified = seconds(System.nanoTime() - closed) - replayable - packed;
    if (!report.intact()
        || !report.disclosed().isEmpty()
        || sealed.tracks().size() != 2 * TapedRecording.PEOPLE.size()) {
      throw new IllegalStateException(
          "the measured recording is not whole: " + report.findings() + report.disclosed());
    }
    return report(length, taped.bytes(), closed, new Times(replayable, packed, verified));
  }

  private record Times(double replayable, double packed, double verified) {}

  private final class Stages implements RecordingListener {
    @Override
    public void onSealing(SealingProgress progress) {
      synchronized (stages) {
        stages.put(progress.stage(), System.nanoTime());
      }
    }
  }

  private boolean report(Duration length, long bytes, long closed, Times times) {
    double hours = length.toSeconds() / 3600.0;
    double perHour = times.replayable() / hours;
    boolean good = perHour <= TARGET_SECONDS_PER_HOUR;
    double megabits = bytes * 8 / 1e6 / length.toSeconds();
    print(
        "recorded %d min of %d people, %.2f Mbit/s in all, %.0f MB",
        length.toMinutes(), TapedRecording.PEOPLE.size(), megabits, bytes / 1e6);
    synchronized (stages) {
      stages.forEach(
          (stage, at) ->
              print(
                  "%-18s done after %.2f s",
                  stage.name().toLowerCase(Locale.ROOT).replace('_', ' '), seconds(at - closed)));
    }
    print("close to replayable   %.2f s", times.replayable());
    print(
        "per recorded hour     %.2f s (at most %.0f)   %s",
        perHour, TARGET_SECONDS_PER_HOUR, good ? "ok" : "MISSED");
    print("package written in    %.2f s, verified in %.2f s", times.packed(), times.verified());
    out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("bench", "close")
            .put("recordedSeconds", length.toSeconds())
            .put("megabitsPerSecond", megabits)
            .put("closeSeconds", times.replayable())
            .put("secondsPerHour", perHour)
            .put("packageSeconds", times.packed())
            .put("verifySeconds", times.verified())
            .put("onTarget", good));
    out.flush();
    return good;
  }

  private void print(String format, Object... values) {
    out.println("  " + String.format(Locale.ROOT, format, values));
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
