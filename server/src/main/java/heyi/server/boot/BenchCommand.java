package heyi.server.boot;

import heyi.server.bench.CloseBench;
import heyi.server.bench.CompositeBench;
import heyi.server.bench.FailoverBench;
import heyi.server.bench.FailoverBench.BridgeCommand;
import heyi.server.bench.JoinBench;
import heyi.server.bench.MediaBench;
import heyi.server.bench.MemoryBench;
import heyi.server.bench.RecordingBench;
import heyi.server.bench.ReplayBench;
import heyi.server.bench.SignalingBench;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures; servers run in processes of their own. */
@Command(
    name = "bench",
    description =
        "Measures: join, recording, memory, failover, media, signaling, close, composite or replay."
            + " Exit code 0 only when on target.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  /** What can be measured. */
  enum Name {
    /** Button to first remote keyframe. */
    JOIN,
    /** What recording costs, against a browser that records. */
    RECORDING,
    /** Memory of the idle server. */
    MEMORY,
    /** Killed bridge to sound and picture on another. */
    FAILOVER,
    /** What bridges carry, and at what cost. */
    MEDIA,
    /** What rooms without media cost. */
    SIGNALING,
    /** Close of a session to its replay. */
    CLOSE,
    /** Sealed recording to film. */
    COMPOSITE,
    /** Opening a long session, and seeking in it, in a browser. */
    REPLAY
  }

  @Parameters(paramLabel = "NAME", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Name name;

  @Option(names = "--joins", paramLabel = "N", defaultValue = "20", description = "Joins (20).")
  private int joins;

  @Option(
      names = "--rooms",
      paramLabel = "N",
      defaultValue = "200",
      description = "signaling: rooms open at once (200).")
  private int rooms;

  @Option(names = "--kills", paramLabel = "N", defaultValue = "10", description = "Kills (10).")
  private int kills;

  @Option(
      names = "--bridge",
      paramLabel = "URL=COMMAND",
      description = {
        "failover: a bridge to start and kill, instead of embedded ones; give two.",
        "media: a bridge to start and to compare the embedded one with."
      })
  private List<String> bridges = new ArrayList<>();

  @Option(
      names = "--address",
      paramLabel = "IP",
      defaultValue = "127.0.0.1",
      description = "Of this machine, towards those bridges (127.0.0.1).")
  private String address;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "Length of recording or idling (30).")
  private int seconds;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "60",
      description = "Length of the recording that is closed, made a film of or replayed (60).")
  private int minutes;

  @Option(
      names = "--chromium",
      paramLabel = "PROGRAM",
      defaultValue = "${env:HEYI_TEST_CHROMIUM:-/usr/bin/chromium}",
      description = "recording, replay: the browser (/usr/bin/chromium).")
  private String chromium;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "replay: folder of a server that keeps the session for the next time.")
  private @Nullable Path data;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  BenchCommand() {}

  private List<BridgeCommand> bridges() {
    List<BridgeCommand> given = new ArrayList<>();
    for (String bridge : bridges) {
      int sign = bridge.indexOf('=');
      if (sign < 1) {
        throw new ParameterException(spec.commandLine(), "--bridge must be URL=COMMAND: " + bridge);
      }
      given.add(
          new BridgeCommand(
              List.of(bridge.substring(sign + 1).strip().split("\\s+")),
              URI.create(bridge.substring(0, sign))));
    }
    int wanted = name == Name.MEDIA ? 1 : 2;
    if (given.size() != 0 && given.size() != wanted) {
      throw new ParameterException(
          spec.commandLine(), "--bridge is given " + wanted + " times or not at all");
    }
    return given;
  }

  @Override
  public Integer call() throws Exception {
    Quiet.run();
    PrintWriter out = spec.commandLine().getOut();
    Path folder = Files.createTempDirectory("heyi-bench-");
    Vertx vertx = Vertx.vertx();
    out.println(
        "bench " + name.name().toLowerCase(java.util.Locale.ROOT) + ", server in " + folder);
    out.flush();
    Clock clock = Clock.systemUTC();
    Duration length = Duration.ofSeconds(seconds);
    try {
      boolean good =
          switch (name) {
            case JOIN -> JoinBench.run(vertx, folder, clock, joins, out);
            case RECORDING -> RecordingBench.run(vertx, folder, clock, length, chromium, out);
            case MEMORY -> MemoryBench.run(vertx, folder, length, out);
            case CLOSE -> CloseBench.run(vertx, folder, clock, Duration.ofMinutes(minutes), out);
            case REPLAY ->
                ReplayBench.run(
                    vertx, folder, chromium, data, clock, Duration.ofMinutes(minutes), out);
            case COMPOSITE -> CompositeBench.run(folder, clock, Duration.ofMinutes(minutes), out);
            case FAILOVER ->
                FailoverBench.run(vertx, folder, clock, kills, bridges(), address, out);
            case MEDIA ->
                MediaBench.run(vertx, folder, clock, bridges().stream().findFirst(), length, out);
            case SIGNALING -> SignalingBench.run(vertx, folder, clock, rooms, length, out);
          };
      return good ? 0 : 1;
    } finally {
      Waiting.on(vertx.close());
      Folders.delete(folder);
    }
  }
}
