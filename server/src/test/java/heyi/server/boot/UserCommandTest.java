package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An operator at his terminal, beside a server without demonstration users. */
@Timeout(120)
@DisplayName("R18: the operator says who may sign in")
class UserCommandTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir Path folder;

  /** What a command printed, and its exit code. */
  private record Outcome(int code, String out, String err) {}

  @Test
  void whoIsAddedSignsInAndWhoIsDisabledIsOut() throws Exception {
    try (RunningHeyi heyi =
        RunningHeyi.start(folder, Map.of("HEYI_IDENTITY_DEMO_USERS", "false"))) {
      assertThat(signIn(heyi, PASSWORD).status()).isEqualTo(401);
      Outcome refused = user("short", "add", "lin", "--role", "mediator");
      assertThat(refused.code()).as(refused.err()).isEqualTo(Main.USAGE);
      assertThat(user(PASSWORD, "add", "Lin!", "--role", "mediator").code()).isEqualTo(Main.USAGE);
      assertThat(user(PASSWORD, "add", "lin", "--role", "king").code()).isEqualTo(Main.USAGE);

      Outcome added = user(PASSWORD, "add", "lin", "--role", "clerk,auditor", "--name", "林书记");

      assertThat(added.code()).as(added.err()).isZero();
      assertThat(user(PASSWORD, "add", "lin", "--role", "clerk").err()).contains("already");
      RunningHeyi.Answer signedIn = signIn(heyi, PASSWORD);
      assertThat(signedIn.json().path("displayName").asText()).isEqualTo("林书记");
      String cookie = signedIn.header("set-cookie").replaceAll(";.*", "");
      assertThat(heyi.send("GET", "/api/cases", null, "Cookie", cookie).status()).isEqualTo(200);

      assertThat(user("another horse battery", "password", "lin").code()).isZero();
      assertThat(heyi.send("GET", "/api/cases", null, "Cookie", cookie).status()).isEqualTo(401);
      assertThat(signIn(heyi, PASSWORD).status()).isEqualTo(401);
      assertThat(user("", "disable", "lin").code()).isZero();
      assertThat(signIn(heyi, "another horse battery").status()).isEqualTo(401);
      assertThat(user("", "list").out()).contains("lin\tauditor,clerk\tdisabled\t林书记");
      assertThat(user("", "disable", "nobody").err()).contains("no user 'nobody'");
    }

    assertThat(user("", "enable", "lin").out()).as("of a stopped server").contains("may sign in");
  }

  private static RunningHeyi.Answer signIn(RunningHeyi heyi, String password) throws Exception {
    String body = "{\"user\": \"lin\", \"password\": \"" + password + "\"}";
    return heyi.send("POST", "/api/login", body);
  }

  private Outcome user(String input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    UserCommand command =
        new UserCommand(new ByteArrayInputStream((input + "\n").getBytes(StandardCharsets.UTF_8)));
    String[] all = new String[arguments.length + 2];
    all[0] = "--data";
    all[1] = folder.toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    int code =
        new CommandLine(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all);
    return new Outcome(code, out.toString(), err.toString());
  }
}
