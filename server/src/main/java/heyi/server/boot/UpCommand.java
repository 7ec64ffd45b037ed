package heyi.server.boot;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything on this machine and prints the addresses. */
@Command(
    name = "up",
    description = "Starts everything on this machine and prints the addresses.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  @Option(names = "--port", paramLabel = "N", description = "Port of HTTP on localhost (8080).")
  private @Nullable Integer port;

  @Option(names = "--https-port", paramLabel = "N", description = "Port of HTTPS (8443).")
  private @Nullable Integer httpsPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder that keeps everything across restarts (./data).")
  private @Nullable Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML settings; config/reference.yaml explains every one.")
  private @Nullable Path config;

  @Option(names = "--open", description = "Opens the mediator's page in the browser.")
  private boolean open;

  @Spec private CommandSpec spec;

  private final InstantSource clock;

  UpCommand() {
    this(Clock.systemUTC());
  }

  /** Runs on this wall clock. */
  @SuppressWarnings("NullAway.Init")
  UpCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    HeyiConfig settings = settings();
    settings.log().format().apply();
    StopSignals signals = StopSignals.install();
    long began = System.nanoTime();
    Heyi heyi =
        Waiting.on(
            Heyi.start(
                settings,
                clock,
                new SecureRandom(),
                line -> {
                  out.println("  ✓ " + line);
                  out.flush();
                }));
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    out.println(String.format(Locale.ROOT, "  ✓ ready in %.1f s", took.toMillis() / 1_000.0));
    StartReport report = StartReport.of(out, heyi, settings.http().publicUrl());
    report.print(heyi.demoLinks());
    if (open) {
      Browser.open(report.local() + "/cases", out);
    }
    StopSignals.Stop stop = signals.await();
    out.println();
    out.println(
        stop == StopSignals.Stop.FINISH ? "Finishing recordings, then stopping." : "Stopping now.");
    out.flush();
    Duration limit = settings.stop().finishRecordings().plusSeconds(30);
    Waiting.on(
        (stop == StopSignals.Stop.FINISH ? heyi.finishAndStop() : heyi.stop())
            .timeout(limit.toMillis(), TimeUnit.MILLISECONDS));
    return 0;
  }

  private HeyiConfig settings() throws IOException {
    return ConfigFile.read(config).with(port, httpsPort, data);
  }
}
