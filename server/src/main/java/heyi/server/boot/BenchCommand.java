package heyi.server.boot;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Measures join, recorder or memory. */
@Command(
    name = "bench",
    description = "Measures join, recorder or memory.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new StartException("This verb is not built yet.", null);
  }
}
