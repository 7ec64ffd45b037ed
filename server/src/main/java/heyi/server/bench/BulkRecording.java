package heyi.server.bench;

import heyi.recording.session.SealedRecording;
import heyi.server.demo.Awaiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How many chunks a second one recorder process takes, and what an hour of talk is on the disk and
 * costs to verify, with real RTP that comes faster than people talk ({@link TapedRecording}).
 */
final class BulkRecording {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final double SECONDS_PER_HOUR = 3600;

  /** Of the hour that is verified; the disk of a small machine keeps up with it. */
  private static final Duration EASY_PACE = Duration.ofMillis(25);

  /** Tried one after the other until one is not kept up with. */
  private static final List<Duration> PACES =
      List.of(
          Duration.ofMillis(16),
          Duration.ofMillis(11),
          Duration.ofMillis(8),
          Duration.ofMillis(6),
          Duration.ofMillis(4),
          Duration.ofMillis(3),
          Duration.ofMillis(2));

  private static final int CHUNKS_A_TRY = 400;

  /** A recorder that keeps up has no more than this share of the chunks before itself. */
  private static final double MOST_LATE = 0.1;

  private BulkRecording() {}

  /**
   * What was measured.
   *
   * @param rooms that make so many chunks
   * @param verifySecondsPerHour of the command as it is typed, with the start of its process
   */
  record Cost(
      double chunksPerSecond,
      double rooms,
      double verifySecondsPerHour,
      double megabitsPerSecond,
      double storedBytesPerHour,
      double packageBytesPerHour) {}

  static Cost measure(Vertx vertx, Path folder, Clock clock, Duration length)
      throws IOException, InterruptedException {
    double sustained = 0;
    for (Duration pace : PACES) {
      double reached =
          chunksPerSecond(vertx, folder.resolve("pace-" + pace.toMillis()), clock, pace);
      sustained = Math.max(sustained, reached);
      if (reached < (1 - MOST_LATE) * 1000.0 / pace.toMillis()) {
        break;
      }
    }
    TapedRecording taped =
        new TapedRecording(
            vertx, TapedRecording.Place.in(folder.resolve("hour")), clock.instant(), EASY_PACE);
    taped.feed(length);
    SealedRecording sealed = Awaiting.get("sealed", LIMIT, taped.recording().close());
    Path zip = folder.resolve("evidence.zip");
    Awaiting.get("package", LIMIT, taped.service().writePackage(sealed.id(), List.of(), zip));
    if (sealed.tracks().size() != 2 * TapedRecording.PEOPLE.size()) {
      throw new IllegalStateException("the recording is not whole: " + sealed.tracks());
    }
    double start = seconds("--help");
    double hours = length.toSeconds() / SECONDS_PER_HOUR;
    return new Cost(
        sustained,
        sustained * TapedRecording.CHUNK.toSeconds(),
        start + (seconds(zip.toString()) - start) / hours,
        taped.bytes() * 8 / 1e6 / length.toSeconds(),
        taped.storedBytes() / hours,
        Files.size(zip) / hours);
  }

  /** From the first packet to the last chunk in the store. */
  private static double chunksPerSecond(Vertx vertx, Path folder, Clock clock, Duration pace)
      throws IOException {
    TapedRecording taped =
        new TapedRecording(vertx, TapedRecording.Place.in(folder), clock.instant(), pace);
    long begun = System.nanoTime();
    taped.feed(TapedRecording.CHUNK.multipliedBy(CHUNKS_A_TRY));
    taped.awaitChunksStored();
    double seconds = (System.nanoTime() - begun) / 1e9;
    // Chunks are cut by the clock: when packets come late, there are more of them, each with less.
    double reached = Math.min(taped.chunksStored(), CHUNKS_A_TRY) / seconds;
    Awaiting.get("sealed", LIMIT, taped.recording().close());
    return reached;
  }

  /** Of the command as it is typed; it fails unless the package is intact. */
  private static double seconds(String argument) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(ChildServer.java());
    command.addAll(List.of("heyi.server.boot.Main", "verify", argument));
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException("the package was not found intact");
    }
    return (System.nanoTime() - begun) / 1e9;
  }
}
