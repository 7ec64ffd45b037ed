package heyi.server.boot;

import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;

/** The server as {@code up} starts it, on a clock that a test sets. */
final class JumpingServer {
  /** Names the file of the clock in the environment. */
  static final String CLOCK = "TEST_CLOCK";

  private JumpingServer() {}

  /** Takes what {@code Main} takes, the verb first. */
  public static void main(String[] arguments) throws Exception {
    JumpingClock clock = JumpingClock.open(Path.of(System.getenv(CLOCK)));
    String[] options = Arrays.copyOfRange(arguments, 1, arguments.length);
    System.exit(new CommandLine(new UpCommand(clock)).execute(options));
  }
}
