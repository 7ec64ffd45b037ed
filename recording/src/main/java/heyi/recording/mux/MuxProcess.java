package heyi.recording.mux;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.recording.Sha256;
import heyi.recording.ledger.CanonicalJson;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the muxing process and watches it: a memory cap, a deadline, one more try after a crash.
 *
 * <p><b>Threads:</b> {@link #run} blocks until the process has ended; call it on a virtual thread.
 */
public final class MuxProcess {
  private static final Logger LOG = LoggerFactory.getLogger(MuxProcess.class);
  private static final int TRIES = 2;
  private static final int MAX_ERROR_CHARACTERS = 2000;

  private final Duration deadline;
  private final int memoryMegabytes;

  /**
   * Sets the limits.
   *
   * @param deadline for one try; then the process is killed
   * @param memoryMegabytes Java heap of the process
   */
  public MuxProcess(Duration deadline, int memoryMegabytes) {
    this.deadline = deadline;
    this.memoryMegabytes = memoryMegabytes;
  }

  /**
   * Makes the tracks.
   *
   * @param chunks directory of closed chunks
   * @param tracks directory for the files
   * @param percent told how far it is, on a thread of the watcher
   * @return what was made, in the order in which the sources were published
   * @throws MuxException when the second try fails, too; the chunks are untouched
   */
  public List<MadeTrack> run(Path chunks, Path tracks, IntConsumer percent) {
    MuxException last = new MuxException("not tried");
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        return attempt(chunks, tracks, percent);
      } catch (MuxException e) {
        LOG.warn("muxing process failed, try {} of {}: {}", attempt, TRIES, e.getMessage());
        last = e;
      } catch (IOException e) {
        last = new MuxException("could not run the muxing process", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MuxException("stopped while muxing", e);
      }
    }
    throw last;
  }

  private List<MadeTrack> attempt(Path chunks, Path tracks, IntConsumer percent)
      throws IOException, InterruptedException {
    Files.createDirectories(tracks);
    Path result = tracks.resolve(MuxMain.RESULT);
    Files.deleteIfExists(result);
    Path errors = tracks.resolve("errors.txt");
    Process process = start(chunks, tracks, errors);
    Thread reader =
        Thread.ofVirtual().name("mux-progress").start(() -> readProgress(process, percent));
    boolean ended = false;
    try {
      ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
    }
    reader.join();
    if (!ended) {
      throw new MuxException("killed after " + deadline.toSeconds() + " s");
    }
    if (process.exitValue() != 0 || !Files.exists(result)) {
      throw new MuxException("exit code " + process.exitValue() + ": " + tail(errors));
    }
    return read(result, tracks);
  }

  private Process start(Path chunks, Path tracks, Path errors) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + memoryMegabytes + "m",
            "-XX:+UseSerialGC",
            // It ends before the optimising compiler has earned back what it takes.
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            MuxMain.class.getName(),
            chunks.toAbsolutePath().toString(),
            tracks.toAbsolutePath().toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", absoluteClassPath());
    builder.redirectError(errors.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  /** The class path may be relative to the directory that the server was started in. */
  private static String absoluteClassPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void readProgress(Process process, IntConsumer percent) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith(MuxMain.PERCENT)) {
          percent.accept(Integer.parseInt(line.substring(MuxMain.PERCENT.length())));
        }
        line = lines.readLine();
      }
    } catch (IOException | NumberFormatException e) {
      LOG.debug("the muxing process stopped talking", e);
    }
  }

  private static String tail(Path errors) throws IOException {
    String text = Files.readString(errors);
    int from = Math.max(0, text.length() - MAX_ERROR_CHARACTERS);
    return text.substring(from).strip();
  }

  /** Each file is hashed, side by side, in the order of the tracks. */
  private static List<MadeTrack> read(Path result, Path directory) throws IOException {
    List<MadeTrack> made = new ArrayList<>();
    for (JsonNode track : CanonicalJson.read(Files.readAllBytes(result)).path("tracks")) {
      made.add(MadeTrack.ofJson(track));
    }
    try {
      return made.parallelStream().map(track -> hashed(track, directory)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static MadeTrack hashed(MadeTrack track, Path directory) {
    try {
      return track.hashed(Sha256.ofFile(directory.resolve(track.fileName())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
