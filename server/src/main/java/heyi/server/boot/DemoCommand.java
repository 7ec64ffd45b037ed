package heyi.server.boot;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Plays a whole mediation with scripted participants and verifies its evidence. */
@Command(
    name = "demo",
    description = "Plays a whole mediation with scripted participants and verifies its evidence.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new StartException("This verb is not built yet.", null);
  }
}
