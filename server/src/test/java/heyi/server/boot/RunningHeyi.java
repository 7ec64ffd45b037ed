package heyi.server.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import heyi.server.demo.MediationPlay;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The real server on free ports and an empty folder, and a browser's view of its API. */
final class RunningHeyi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All tests share the programs of PostgreSQL; the build names the folder. */
  private static final String BINARIES = "HEYI_DATABASE_BINARIES";

  private final Heyi heyi;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningHeyi(Heyi heyi) {
    this.heyi = heyi;
  }

  static RunningHeyi start(Path folder) throws Exception {
    return start(folder, Map.of());
  }

  /** With these settings besides, named as environment variables. */
  static RunningHeyi start(Path folder, Map<String, String> settings) throws Exception {
    return start(folder, settings, Clock.systemUTC());
  }

  /** On another clock, for what takes days or years. */
  static RunningHeyi start(Path folder, Map<String, String> settings, InstantSource clock)
      throws Exception {
    Map<String, String> environment = new HashMap<>(settings);
    environment.computeIfAbsent(BINARIES, System::getenv);
    HeyiConfig config =
        HeyiConfig.parse(
                """
                http: {bodyLimitBytes: 4096}
                identity: {loginAttemptsPerMinute: 60}
                invitations: {attemptsPerMinute: 1000}
                """,
                environment)
            .with(0, 0, folder)
            .withUdpPort(0);
    return new RunningHeyi(Waiting.on(Heyi.start(config, clock, new SecureRandom(), _ -> {})));
  }

  /** The prepared case, to be played with bots; what is left behind goes into the folder. */
  MediationPlay.Stage stage(Path folder, Duration talk) {
    return new MediationPlay.Stage(
        "127.0.0.1",
        port(),
        links().mediator().password().reveal(),
        links().auditor().password().reveal(),
        talk,
        folder,
        Clock.systemUTC(),
        RandomGenerator.getDefault());
  }

  DemoLinks links() {
    return Objects.requireNonNull(heyi.demoLinks());
  }

  int port() {
    return heyi.port();
  }

  /** An answer of the server. */
  record Answer(int status, String body, HttpResponse<String> response) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + body, e);
      }
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  Answer send(String method, String path, @Nullable String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body(), response);
  }

  /** Signs in and gives the cookie. */
  String login(DemoData.Login login) throws Exception {
    Answer answer =
        send(
            "POST",
            "/api/login",
            JSON.createObjectNode()
                .put("user", login.user())
                .put("password", login.password().reveal())
                .toString());
    String cookie = answer.header("set-cookie");
    return cookie.substring(0, cookie.indexOf(';'));
  }

  @Override
  public void close() throws Exception {
    Waiting.on(heyi.stop());
  }
}
