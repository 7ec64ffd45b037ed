package heyi.recording.composite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.media.MediaKind;
import heyi.recording.PixelSize;
import heyi.recording.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The worker is a process of its own: cancelled, killed or left alone, what is whole is kept. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CompositeProcessTest {
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir static Path directory;
  private final List<Integer> percents = new ArrayList<>();
  private @Nullable SampleSession session;
  private @Nullable CompositeFile undisturbed;

  @BeforeAll
  void record() throws IOException, InterruptedException {
    session = SampleSession.record(directory.resolve("spool"));
    undisturbed =
        process(LONG).run(plan(), directory.resolve("told"), now -> percents.add(now.percent()));
  }

  private CompositeFile undisturbed() {
    return Objects.requireNonNull(undisturbed);
  }

  private CompositePlan plan() {
    return new CompositePlan(
        new PixelSize(320, 180),
        12,
        300_000,
        1,
        CompositeLayout.GRID,
        "案号",
        null,
        SampleSession.FONT,
        ZoneId.of("Asia/Shanghai"),
        Instant.parse("2026-11-21T01:00:00Z"),
        0,
        SampleSession.END_MILLIS,
        Objects.requireNonNull(session).people("甲", "乙"),
        List.of(),
        "");
  }

  private static CompositeProcess process(Duration stall) {
    return new CompositeProcess(new CompositeOptions(LONG, stall, 128, 1, 5), System::nanoTime);
  }

  @Test
  void progressIsToldUpToTheEnd() {
    CompositeFile film = undisturbed();

    assertThat(percents).isSorted().endsWith(100).hasSizeGreaterThan(5);
    assertThat(film.file()).hasSize(film.sizeBytes());
    assertThat(film.duration()).isEqualTo(Duration.ofMillis(SampleSession.END_MILLIS));
  }

  @Test
  void aCancelledFilmKeepsItsWholeSegmentsForTheNextRun() throws IOException, InterruptedException {
    Path work = directory.resolve("cancelled");
    Thread me = Thread.currentThread();

    assertThatThrownBy(
            () ->
                process(LONG)
                    .run(
                        plan(),
                        work,
                        now -> {
                          if (now.percent() > 40) {
                            me.interrupt();
                          }
                        }))
        .isInstanceOf(InterruptedException.class);

    assertThat(workers(work)).isEmpty();
    FileTime kept = Files.getLastModifiedTime(work.resolve("segment-00000.mp4"));
    CompositeFile film = process(LONG).run(plan(), work, _ -> {});
    assertThat(film.sizeBytes()).isPositive();
    assertThat(Files.getLastModifiedTime(work.resolve("segment-00000.mp4"))).isEqualTo(kept);
  }

  @Test
  void aKilledWorkerIsStartedAgainAndMakesTheSameFilm() throws InterruptedException {
    Path work = directory.resolve("killed");
    AtomicInteger kills = new AtomicInteger();

    CompositeFile film =
        process(LONG)
            .run(
                plan(),
                work,
                now -> {
                  if (now.percent() > 40 && kills.getAndIncrement() == 0) {
                    workers(work).forEach(ProcessHandle::destroyForcibly);
                  }
                });

    assertThat(kills.get()).isPositive();
    assertThat(film.sha256()).isEqualTo(undisturbed().sha256());
  }

  @Test
  void aWorkerThatIsKilledAgainAndAgainLeavesNothingThatLooksLikeAFilm()
      throws IOException, InterruptedException {
    Path work = directory.resolve("killed-twice");
    Consumer<CompositeProgress> kill =
        now -> {
          if (now.percent() > 40) {
            workers(work).forEach(ProcessHandle::destroyForcibly);
          }
        };

    assertThatThrownBy(() -> process(LONG).run(plan(), work, kill))
        .isInstanceOf(CompositeException.class)
        .hasMessageContaining("exit code 137");

    WorkDirectory left = new WorkDirectory(work);
    assertThat(left.hasResult()).isFalse();
    assertThat(left.film()).doesNotExist();
    CompositeFile film = process(LONG).run(plan(), work, _ -> {});
    assertThat(Sha256.ofFile(film.file()))
        .isEqualTo(film.sha256())
        .isEqualTo(undisturbed().sha256());
  }

  @Test
  void aWorkerThatTellsNothingIsKilled() {
    assertThatThrownBy(
            () -> process(Duration.ofMillis(1)).run(plan(), directory.resolve("stalled"), _ -> {}))
        .isInstanceOf(CompositeException.class)
        .hasMessageContaining("no progress");
    assertThat(workers(directory.resolve("stalled"))).isEmpty();
  }

  @Test
  void aTrackThatIsNotThereIsNamed() {
    CompositePlan.Media missing =
        new CompositePlan.Media(
            MediaKind.VIDEO, directory.resolve("no-such.webm"), 0, 1000, List.of());
    CompositePlan whole = plan();
    CompositePlan broken =
        new CompositePlan(
            whole.size(),
            whole.framesPerSecond(),
            whole.videoBitsPerSecond(),
            whole.segmentSeconds(),
            whole.layout(),
            whole.caption(),
            null,
            whole.font(),
            whole.zone(),
            whole.start(),
            0,
            1000,
            List.of(new CompositePlan.Person("甲", List.of(missing), List.of())),
            List.of(),
            "");

    assertThatThrownBy(() -> process(LONG).run(broken, directory.resolve("missing"), _ -> {}))
        .isInstanceOf(CompositeException.class)
        .hasMessageContaining("no-such.webm");
  }

  @Test
  void aWorkerThatIsLeftAloneEnds() throws IOException, InterruptedException {
    Path work = directory.resolve("alone");
    new WorkDirectory(work).prepare(plan());
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CompositeMain.class.getName(),
                work.toString(),
                "1")
            .redirectErrorStream(true)
            .start();
    worker.getOutputStream().close();

    assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(worker.exitValue()).isEqualTo(3);
  }

  private static List<ProcessHandle> workers(Path work) {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(
            child ->
                child.info().arguments().stream()
                    .flatMap(Arrays::stream)
                    .anyMatch(argument -> argument.equals(work.toAbsolutePath().toString())))
        .toList();
  }
}
