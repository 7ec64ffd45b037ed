package heyi.server.boot;

import heyi.server.http.PortTakenException;
import heyi.server.sql.DatabaseException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Command line of Heyi. A mistake of the caller gets one sentence and a non-zero exit code. */
@Command(
    name = "heyi",
    description = "Heyi (合意): online mediation with recorded evidence.",
    mixinStandardHelpOptions = true,
    version = "Heyi 0.1.0",
    synopsisSubcommandLabel = "VERB",
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      BenchCommand.class,
      VerifyCommand.class,
      UserCommand.class
    })
public final class Main implements Runnable {
  /** The caller's mistake: wrong argument, wrong configuration. */
  static final int USAGE = 2;

  /** The environment's refusal: taken port, unreachable database. */
  static final int UNAVAILABLE = 3;

  @Spec private CommandSpec spec;

  /** Picocli sets the fields. */
  @SuppressWarnings("NullAway.Init")
  Main() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say a verb: up, demo, bench, verify or user.");
  }

  /** Runs the verb and ends the process with its exit code. */
  public static void main(String[] arguments) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::wrongArgument)
        .setExecutionExceptionHandler(Main::failure)
        .execute(arguments);
  }

  private static int wrongArgument(ParameterException mistake, String[] arguments) {
    PrintWriter err = mistake.getCommandLine().getErr();
    err.println("heyi: " + mistake.getMessage());
    err.println("Try './heyi " + verb(mistake.getCommandLine()) + "--help'.");
    return USAGE;
  }

  private static String verb(CommandLine commandLine) {
    String name = commandLine.getCommandName();
    return name.equals("heyi") ? "" : name + " ";
  }

  private static int failure(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    return switch (failure) {
      case ConfigException config -> {
        config.mistakes().forEach(mistake -> err.println("heyi: " + mistake));
        yield USAGE;
      }
      case PortTakenException taken -> say(err, taken);
      case DatabaseException database -> say(err, database);
      case StartException start -> say(err, start);
      default -> {
        LoggerFactory.getLogger(Main.class).error("unexpected failure", failure);
        err.println("heyi: " + failure.getMessage());
        yield 1;
      }
    };
  }

  private static int say(PrintWriter err, RuntimeException refusal) {
    err.println("heyi: " + refusal.getMessage());
    return UNAVAILABLE;
  }
}
