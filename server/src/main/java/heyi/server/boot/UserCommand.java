package heyi.server.boot;

import heyi.server.identity.Accounts;
import heyi.server.identity.Role;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The people who may sign in, for the operator: on a running server or beside a stopped one.
 * Passwords are asked for on the terminal, or read as one line of the standard input; they are no
 * arguments, for those stand in the list of processes.
 */
@Command(
    name = "user",
    description = "Adds, lists, disables and enables the people who may sign in.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "add|list|password|disable|enable")
final class UserCommand implements Runnable {
  /** NIST SP 800-63B asks for eight; those who open evidence can remember twelve. */
  private static final int SHORTEST_PASSWORD = 12;

  private static final int LONGEST_PASSWORD = 200;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder of the server (./data), for its own database.")
  private @Nullable Path data;

  @Option(names = "--config", paramLabel = "FILE", description = "Its YAML settings.")
  private @Nullable Path config;

  @Spec private CommandSpec spec;

  private final InputStream input;

  UserCommand() {
    this(System.in);
  }

  /** Reads passwords from there where there is no terminal. */
  @SuppressWarnings("NullAway.Init")
  UserCommand(InputStream input) {
    this.input = input;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what: add, list, password, disable or enable.");
  }

  @Command(name = "add", description = "Adds somebody who may sign in.")
  int add(
      @Parameters(paramLabel = "NAME", description = "To sign in with.") String login,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              required = true,
              split = ",",
              description = "mediator, auditor, clerk or operator; several with commas.")
          List<Role> roles,
      @Option(names = "--name", paramLabel = "TEXT", description = "Shown to others (NAME).")
          @Nullable String displayName)
      throws IOException {
    requireLogin(login);
    String shown = displayName == null ? login : displayName.strip();
    if (shown.isEmpty() || shown.length() > 100) {
      throw mistake("--name has 1 to 100 characters.");
    }
    try (AccountDesk desk = open()) {
      if (desk.accounts().byLogin(login) != null) {
        throw mistake("There is a user '" + login + "' already.");
      }
      desk.accounts().add(login, shown, password(), EnumSet.copyOf(roles));
    }
    return said("'" + login + "' may sign in as " + words(EnumSet.copyOf(roles)) + ".");
  }

  @Command(name = "list", description = "Lists everybody, with roles and whether he is disabled.")
  int list() throws IOException {
    try (AccountDesk desk = open()) {
      for (Accounts.Account account : desk.accounts().all()) {
        said(
            String.join(
                "\t",
                account.login(),
                words(account.user().roles()),
                account.disabled() ? "disabled" : "enabled",
                account.user().displayName()));
      }
    }
    return 0;
  }

  @Command(name = "password", description = "Gives somebody another password; he is signed out.")
  int password(@Parameters(paramLabel = "NAME") String login) throws IOException {
    try (AccountDesk desk = open()) {
      requireKnown(desk, login);
      desk.accounts().changePassword(login, password());
    }
    return said("'" + login + "' has another password.");
  }

  @Command(name = "disable", description = "Lets somebody sign in no more; he is signed out.")
  int disable(@Parameters(paramLabel = "NAME") String login) throws IOException {
    try (AccountDesk desk = open()) {
      requireKnown(desk, login);
      desk.accounts().disable(login);
    }
    return said("'" + login + "' is signed out and cannot sign in any more.");
  }

  @Command(name = "enable", description = "Lets somebody sign in again.")
  int enable(@Parameters(paramLabel = "NAME") String login) throws IOException {
    try (AccountDesk desk = open()) {
      requireKnown(desk, login);
      desk.accounts().enable(login);
    }
    return said("'" + login + "' may sign in again.");
  }

  private AccountDesk open() throws IOException {
    return AccountDesk.open(ConfigFile.read(config).with(null, null, data));
  }

  private void requireKnown(AccountDesk desk, String login) {
    if (desk.accounts().byLogin(login) == null) {
      throw mistake("There is no user '" + login + "'.");
    }
  }

  private void requireLogin(String login) {
    if (!login.matches("[a-z0-9][a-z0-9._@-]{1,63}")) {
      throw mistake("NAME has 2 to 64 characters of a-z 0-9 . _ @ - and begins with a-z or 0-9.");
    }
  }

  /** Twice on a terminal, where nobody sees what he types; else the first line of the input. */
  private String password() throws IOException {
    Console console = System.console();
    String first;
    if (console != null && console.isTerminal()) {
      first = String.valueOf(Objects.requireNonNull(console.readPassword("Password: ")));
      if (!first.equals(
          String.valueOf(Objects.requireNonNull(console.readPassword("Once more: "))))) {
        throw mistake("The two are not the same.");
      }
    } else {
      String line =
          new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8)).readLine();
      first = line == null ? "" : line;
    }
    if (first.length() < SHORTEST_PASSWORD || first.length() > LONGEST_PASSWORD) {
      throw mistake(
          "A password has " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters.");
    }
    return first;
  }

  private ParameterException mistake(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private int said(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
    return 0;
  }

  private static String words(Set<Role> roles) {
    return roles.stream().sorted().map(Role::word).collect(Collectors.joining(","));
  }
}
