package heyi.recording.composite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

/**
 * Makes a film in a directory: sound and segments side by side, then one file of them. What an
 * earlier run left whole is not made again.
 *
 * <p><b>Threads:</b> blocks the caller; uses some of its own. <b>Bounds:</b> a segment's worth of
 * decoders and one picture a thread.
 */
final class Composer {
  private static final long MILLIS_PER_SECOND = 1000;

  private final WorkDirectory directory;
  private final CompositePlan plan;
  private final int threads;
  private final WorkDone done;

  /**
   * Prepares a run.
   *
   * @param permille told how far it is, on several threads, one at a time, never less than before
   */
  Composer(WorkDirectory directory, int threads, IntConsumer permille) throws IOException {
    this.directory = directory;
    this.plan = directory.plan();
    this.threads = threads;
    this.done = new WorkDone(plan, permille);
  }

  void run() throws IOException, InterruptedException {
    if (directory.hasResult()) {
      return;
    }
    Lettering lettering = Lettering.with(plan.font());
    List<Segment> segments = Segment.of(plan);
    try (ExecutorService workers =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("film-", 0).factory())) {
      try {
        run(new ExecutorCompletionService<>(workers), lettering, segments);
      } catch (CompositeException | InterruptedException e) {
        workers.shutdownNow();
        throw e;
      }
    }
    Path film = directory.film();
    long frames =
        FilmJoin.write(
            plan,
            segments.stream().map(directory::segment).toList(),
            directory.sound(),
            WorkDirectory.part(film));
    if (frames != plan.frames()) {
      throw new CompositeException(
          "the film has " + frames + " pictures but should have " + plan.frames());
    }
    WorkDirectory.keep(film);
    directory.keepResult(Duration.ofMillis(frames * MILLIS_PER_SECOND / plan.framesPerSecond()));
    done.all();
  }

  private void run(
      ExecutorCompletionService<Void> workers, Lettering lettering, List<Segment> segments)
      throws InterruptedException, IOException {
    List<Segment> missing = new ArrayList<>();
    for (Segment segment : segments) {
      if (Files.exists(directory.segment(segment))) {
        done.frames(segment.frames());
      } else {
        missing.add(segment);
      }
    }
    workers.submit(this::makeSound);
    int running = 1;
    List<Speakers.Turn> turns = List.of();
    if (plan.layout() == CompositeLayout.SPEAKER) {
      await(workers, running);
      running = 0;
      turns = directory.turns();
    }
    SegmentFilm film = new SegmentFilm(plan, lettering, turns);
    for (Segment segment : missing) {
      workers.submit(() -> make(film, segment));
    }
    await(workers, running + missing.size());
  }

  private Void makeSound() throws IOException {
    if (!directory.hasSound()) {
      Path part = WorkDirectory.part(directory.sound());
      List<Speakers.Turn> turns = new SoundMix(plan).make(part, done::sound);
      directory.keepTurns(turns);
      WorkDirectory.keep(directory.sound());
    }
    done.sound(plan.toMillis() - plan.fromMillis());
    return null;
  }

  private Void make(SegmentFilm film, Segment segment) throws IOException {
    Path file = directory.segment(segment);
    film.make(segment, WorkDirectory.part(file), () -> done.frames(1));
    WorkDirectory.keep(file);
    return null;
  }

  private static void await(ExecutorCompletionService<Void> workers, int count)
      throws InterruptedException {
    for (int i = 0; i < count; i++) {
      try {
        workers.take().get();
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        throw new CompositeException(
            cause == null ? "a part could not be made" : String.valueOf(cause.getMessage()), e);
      }
    }
  }
}
