package heyi.recording.composite;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the process that makes a film and watches it: a memory cap, a deadline, an eye on its
 * progress, low priority, one more try after a crash.
 *
 * <p><b>Threads:</b> {@link #run} blocks until the process has ended; call it on a virtual thread
 * and interrupt that thread to cancel. The directory keeps what was made: the same plan run again
 * in it goes on behind the last whole segment, in this or another life of the server.
 */
public final class CompositeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(CompositeProcess.class);
  private static final int TRIES = 2;
  private static final int MAX_ERROR_CHARACTERS = 2000;
  private static final long LOOK_MILLIS = 500;
  private static final Path NICE = Path.of("/usr/bin/nice");

  private final CompositeOptions options;
  private final LongSupplier nanoClock;

  /**
   * Sets the limits.
   *
   * @param nanoClock monotonic, for deadlines and estimates
   */
  public CompositeProcess(CompositeOptions options, LongSupplier nanoClock) {
    this.options = options;
    this.nanoClock = nanoClock;
  }

  /**
   * Makes the film.
   *
   * @param directory for this film alone; nothing else may be in it that is not a directory
   * @param progress told how far it is, on a thread of the watcher
   * @throws CompositeException when the second try fails, too
   * @throws InterruptedException when the thread was interrupted; the process is gone then
   */
  public CompositeFile run(CompositePlan plan, Path directory, Consumer<CompositeProgress> progress)
      throws InterruptedException {
    WorkDirectory work = new WorkDirectory(directory);
    long deadline = nanoClock.getAsLong() + options.deadline().toNanos();
    CompositeException last = new CompositeException("not tried");
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        work.prepare(plan);
        return attempt(work, deadline, progress);
      } catch (CompositeException e) {
        LOG.warn("film process failed, try {} of {}: {}", attempt, TRIES, e.getMessage());
        last = e;
      } catch (IOException e) {
        last = new CompositeException("could not run the film process", e);
      }
    }
    throw last;
  }

  private CompositeFile attempt(
      WorkDirectory work, long deadline, Consumer<CompositeProgress> progress)
      throws IOException, InterruptedException {
    Path errors = work.path().resolve("errors.txt");
    long begun = nanoClock.getAsLong();
    AtomicLong heard = new AtomicLong(begun);
    Process process = start(work, errors);
    Thread reader =
        Thread.ofVirtual()
            .name("film-progress")
            .start(() -> readProgress(process, new Estimate(begun, heard, progress)));
    try {
      watch(process, deadline, heard);
    } finally {
      process.destroyForcibly().waitFor();
    }
    reader.join();
    if (process.exitValue() != 0 || !work.hasResult()) {
      throw new CompositeException("exit code " + process.exitValue() + ": " + tail(errors));
    }
    return work.result();
  }

  private void watch(Process process, long deadline, AtomicLong heard) throws InterruptedException {
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      long now = nanoClock.getAsLong();
      if (now - deadline > 0) {
        throw new CompositeException("not done within " + options.deadline());
      }
      if (now - heard.get() > options.stall().toNanos()) {
        throw new CompositeException("no progress for " + options.stall());
      }
    }
  }

  private Process start(WorkDirectory work, Path errors) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(NICE)) {
      command.addAll(List.of(NICE.toString(), "-n", Integer.toString(options.niceness())));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + options.memoryMegabytes() + "m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            CompositeMain.class.getName(),
            work.path().toString(),
            Integer.toString(options.threads())));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", absoluteClassPath());
    builder.redirectError(errors.toFile());
    // Its standard input stays open as long as this process lives: that is how it notices.
    return builder.start();
  }

  /** The class path may be relative to the directory that the server was started in. */
  private static String absoluteClassPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void readProgress(Process process, Estimate estimate) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith(CompositeMain.PERMILLE)) {
          estimate.at(Integer.parseInt(line.substring(CompositeMain.PERMILLE.length())));
        }
        line = lines.readLine();
      }
    } catch (IOException | NumberFormatException e) {
      LOG.debug("the film process stopped talking", e);
    }
  }

  private static String tail(Path errors) throws IOException {
    String text = Files.readString(errors);
    return text.substring(Math.max(0, text.length() - MAX_ERROR_CHARACTERS)).strip();
  }

  /** From how fast this run is: what an earlier one made says nothing about it. */
  private final class Estimate {
    private static final int ALL = 1000;
    private static final int ENOUGH = 5;

    private final long begun;
    private final AtomicLong heard;
    private final Consumer<CompositeProgress> progress;
    private int first = -1;
    private int told = -1;

    Estimate(long begun, AtomicLong heard, Consumer<CompositeProgress> progress) {
      this.begun = begun;
      this.heard = heard;
      this.progress = progress;
    }

    void at(int permille) {
      long now = nanoClock.getAsLong();
      heard.set(now);
      if (first < 0) {
        first = permille;
      }
      if (permille <= told) {
        return;
      }
      told = permille;
      int made = permille - first;
      Duration left =
          made < ENOUGH ? null : Duration.ofNanos((now - begun) / made * (ALL - permille));
      progress.accept(new CompositeProgress(permille * 100 / ALL, left));
    }
  }
}
