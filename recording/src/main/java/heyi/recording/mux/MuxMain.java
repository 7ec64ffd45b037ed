package heyi.recording.mux;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ledger.CanonicalJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The muxing process: {@code MuxMain <chunks directory> <tracks directory>}.
 *
 * <p>Prints {@code percent N} lines on standard output and leaves {@value #RESULT} in the tracks
 * directory as its last act; without that file it has failed. Exit code 0 made, 1 failed, 2 called
 * wrongly; the reason stands on standard error.
 */
public final class MuxMain {
  /** File with the list of tracks. */
  public static final String RESULT = "tracks.json";

  /** What a line about progress starts with. */
  static final String PERCENT = "percent ";

  private static final String CHUNK_SUFFIX = ".journal";

  private MuxMain() {}

  /** Starts the process. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    if (args.length != 2) {
      err.println("usage: MuxMain <chunks directory> <tracks directory>");
      System.exit(2);
    }
    try {
      avutil.av_log_set_level(avutil.AV_LOG_ERROR);
      mux(Path.of(args[0]), Path.of(args[1]), out);
    } catch (IOException | RuntimeException e) {
      err.println(e);
      System.exit(1);
    }
  }

  private static void mux(Path chunks, Path tracks, PrintStream out) throws IOException {
    List<MadeTrack> made =
        new JournalMux(chunkFiles(chunks), tracks, percent -> out.println(PERCENT + percent)).run();
    ObjectNode result = CanonicalJson.object();
    ArrayNode array = result.putArray("tracks");
    made.forEach(track -> array.add(track.toJson()));
    Path next = tracks.resolve(RESULT + ".next");
    Files.write(next, CanonicalJson.write(result));
    Files.move(next, tracks.resolve(RESULT), StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<Path> chunkFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(CHUNK_SUFFIX)).sorted().toList();
    }
  }
}
