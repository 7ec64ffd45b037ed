package heyi.recording.composite;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The process that makes a film: {@code CompositeMain <directory> <threads>}, the directory holding
 * {@code plan.json}.
 *
 * <p>Prints {@code permille N} lines on standard output and leaves {@code film.json} as its last
 * act; without that file it has failed. Exit code 0 made, 1 failed, 2 called wrongly, 3 left alone:
 * when its standard input ends, whoever started it is dead, and it ends too; the next run goes on
 * behind the last whole segment. The reason of a failure stands on standard error.
 */
public final class CompositeMain {
  /** What a line about progress starts with. */
  static final String PERMILLE = "permille ";

  private static final int LEFT_ALONE = 3;

  private CompositeMain() {}

  /** Starts the process. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    if (args.length != 2 || !args[1].matches("[1-9][0-9]?")) {
      err.println("usage: CompositeMain <directory> <threads>");
      System.exit(2);
    }
    Thread.ofPlatform().daemon().name("parent").start(CompositeMain::endWithParent);
    try {
      // Drawing words needs no screen, and asking for one fails where there is none.
      System.setProperty("java.awt.headless", "true");
      avutil.av_log_set_level(avutil.AV_LOG_ERROR);
      compose(Path.of(args[0]), Integer.parseInt(args[1]), out);
    } catch (IOException | InterruptedException | RuntimeException e) {
      err.println(e);
      System.exit(1);
    }
  }

  private static void compose(Path path, int threads, PrintStream out)
      throws IOException, InterruptedException {
    // A former worker may not have noticed yet that it was left alone.
    try (FileChannel channel =
        FileChannel.open(
            path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      new Composer(new WorkDirectory(path), threads, done -> out.println(PERMILLE + done)).run();
    }
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // nothing is ever said to it
      }
    } catch (IOException e) {
      System.err.println("standard input: " + e.getMessage());
    }
    Runtime.getRuntime().halt(LEFT_ALONE);
  }
}
