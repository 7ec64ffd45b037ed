package heyi.server.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.server.demo.Awaiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Chromium without window and with one page, led over its DevTools protocol.
 *
 * <p><b>Threads:</b> one; blocks. <b>Errors:</b> {@link IllegalStateException} when the browser
 * refuses, when a script fails, or when it does not answer in time.
 */
final class HeadlessBrowser implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
  private static final int STOP_SECONDS = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocketClient client;
  private final WebSocket socket;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, Promise<JsonNode>> asked = new ConcurrentHashMap<>();
  private String page = "";

  private HeadlessBrowser(Process process, WebSocketClient client, WebSocket socket) {
    this.process = process;
    this.client = client;
    this.socket = socket;
    socket.textMessageHandler(this::received);
    socket.closeHandler(_ -> asked.values().forEach(one -> one.tryFail("the browser is gone")));
  }

  /**
   * Starts it.
   *
   * @param chromium the program
   * @param profile an empty folder
   */
  static HeadlessBrowser start(Vertx vertx, String chromium, Path profile) throws IOException {
    Process process =
        new ProcessBuilder(command(chromium, profile))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
      URI devTools = devTools(lines);
      Thread.ofVirtual().name("browser-output").start(() -> drain(lines));
      WebSocketClient client =
          vertx.createWebSocketClient(
              new WebSocketClientOptions()
                  .setMaxFrameSize(MAX_MESSAGE_BYTES)
                  .setMaxMessageSize(MAX_MESSAGE_BYTES));
      WebSocketConnectOptions target =
          new WebSocketConnectOptions()
              .setHost(devTools.getHost())
              .setPort(devTools.getPort())
              .setURI(devTools.getPath())
              .setAllowOriginHeader(false);
      WebSocket socket = Awaiting.get("the browser answers", LIMIT, client.connect(target));
      HeadlessBrowser browser = new HeadlessBrowser(process, client, socket);
      browser.openPage();
      return browser;
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static List<String> command(String chromium, Path profile) {
    return List.of(
        chromium,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--allow-loopback-in-peer-connection",
        "--autoplay-policy=no-user-gesture-required",
        "--disable-renderer-backgrounding",
        "--disable-background-timer-throttling",
        "--window-size=1440,900",
        "--user-data-dir=" + profile.toAbsolutePath(),
        "--remote-debugging-port=0",
        "about:blank");
  }

  private static URI devTools(BufferedReader lines) throws IOException {
    List<String> said = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return URI.create(Objects.requireNonNull(listening.group(1)));
      }
      said.add(line);
    }
    throw new IOException("the browser did not start: " + String.join("; ", said));
  }

  private static void drain(BufferedReader lines) {
    try {
      lines.transferTo(java.io.Writer.nullWriter());
    } catch (IOException _) {
      // the browser has stopped
    }
  }

  private void openPage() {
    ObjectNode blank = JsonNodeFactory.instance.objectNode().put("url", "about:blank");
    String target = ask("Target.createTarget", blank).path("targetId").asText();
    ObjectNode attach = JsonNodeFactory.instance.objectNode();
    attach.put("targetId", target).put("flatten", true);
    page = ask("Target.attachToTarget", attach).path("sessionId").asText();
    ask("Page.enable", JsonNodeFactory.instance.objectNode());
  }

  /** Goes to an address; the page begins to load. */
  void open(String url) {
    JsonNode answer = ask("Page.navigate", JsonNodeFactory.instance.objectNode().put("url", url));
    if (answer.has("errorText")) {
      throw new IllegalStateException(url + ": " + answer.path("errorText").asText());
    }
  }

  /** Runs a script before those of every page that is opened from now on. */
  void beforeEachPage(String script) {
    ask(
        "Page.addScriptToEvaluateOnNewDocument",
        JsonNodeFactory.instance.objectNode().put("source", script));
  }

  /** The value of an expression in the page; of a promise, what it is kept with. */
  JsonNode evaluate(String expression) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("expression", expression).put("awaitPromise", true).put("returnByValue", true);
    JsonNode answer = ask("Runtime.evaluate", request);
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(
          "a script failed in the browser: " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  private JsonNode ask(String method, ObjectNode parameters) {
    int number = numbers.incrementAndGet();
    Promise<JsonNode> answer = Promise.promise();
    asked.put(number, answer);
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("id", number).put("method", method).set("params", parameters);
    if (!page.isEmpty()) {
      message.put("sessionId", page);
    }
    Future<JsonNode> sent =
        socket.writeTextMessage(message.toString()).compose(_ -> answer.future());
    JsonNode told = Awaiting.get(method, LIMIT, sent);
    if (told.has("error")) {
      throw new IllegalStateException(method + ": " + told.path("error"));
    }
    return told.path("result");
  }

  private void received(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      Promise<JsonNode> answer = asked.remove(message.path("id").asInt());
      if (answer != null) {
        answer.complete(message);
      }
    } catch (JsonProcessingException e) {
      asked.values().forEach(one -> one.tryFail(e));
    }
  }

  /** Its processes now: browser, renderer, GPU, utilities. */
  Stream<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  @Override
  public void close() {
    socket.close();
    client.close();
    List<ProcessHandle> all = processes().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
