package heyi.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.server.demo.ApiClient;
import heyi.server.demo.Awaiting;
import heyi.server.demo.ScriptedParticipant;
import heyi.signaling.room.Phase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * How long a bridge's death interrupts a session: three people talk on the record over one of two
 * bridges, its process is killed, and each waits until he sees and hears both others again over the
 * other bridge. Everything is in there: the death is noticed, the recorder and the people connect,
 * the first keyframes come.
 */
public final class FailoverBench {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration PACE = Duration.ofMillis(100);
  private static final double TARGET_P95_SECONDS = 2.0;
  private static final int OTHERS = 2;

  private final Vertx vertx;
  private final PrintWriter out;
  private final List<ChildBridge> bridges;
  private final List<ScriptedParticipant> people = new ArrayList<>();
  private final List<Duration> times = new ArrayList<>();

  private FailoverBench(Vertx vertx, PrintWriter out, List<ChildBridge> bridges) {
    this.vertx = vertx;
    this.out = out;
    this.bridges = List.copyOf(bridges);
  }

  /**
   * A bridge to be started.
   *
   * @param command becomes its process
   * @param address where it answers then
   */
  public record BridgeCommand(List<String> command, URI address) {
    /** Copies the command. */
    public BridgeCommand {
      command = List.copyOf(command);
    }
  }

  /**
   * Kills so many bridges, one after the other.
   *
   * @param given two bridges; none for two embedded ones
   * @param address of this machine, on which the recorder reaches them
   * @return true when on target
   */
  public static boolean run(
      Vertx vertx,
      Path folder,
      Clock clock,
      int kills,
      List<BridgeCommand> given,
      String address,
      PrintWriter out)
      throws IOException, InterruptedException {
    Path log = folder.resolve("bridges.log");
    try (ChildBridge first = start(given, 0, log);
        ChildBridge second = start(given, 1, log)) {
      Map<String, String> settings =
          Map.of(
              "HEYI_MEDIA_BRIDGES",
              first.address() + "," + second.address(),
              "HEYI_MEDIA_ADDRESSES",
              address);
      try (ChildServer server = ChildServer.start(folder.resolve("data"), settings);
          ApiClient mediator = server.mediator(vertx);
          BenchRoom room = new BenchRoom(vertx, server.port(), mediator, clock, OTHERS);
          ApiClient operator = new ApiClient(vertx, "127.0.0.1", server.port())) {
        operator.login("operator", server.operatorPassword());
        return new FailoverBench(vertx, out, List.of(first, second)).run(room, operator, kills);
      }
    }
  }

  private static ChildBridge start(List<BridgeCommand> given, int index, Path log)
      throws IOException {
    if (given.isEmpty()) {
      return ChildBridge.startEmbedded(log);
    }
    BridgeCommand bridge = given.get(index);
    return ChildBridge.start(bridge.command(), bridge.address(), log);
  }

  private boolean run(BenchRoom room, ApiClient operator, int kills)
      throws IOException, InterruptedException {
    ready(operator);
    ScriptedParticipant mediator = room.mediatorJoins();
    people.add(mediator);
    people.add(room.partyJoins(1, room.invite(1)));
    people.add(room.partyJoins(2, room.invite(2)));
    room.advance(mediator, Phase.OPENING);
    for (ScriptedParticipant person : people) {
      Awaiting.get(
          person.label() + " sees and hears all",
          LIMIT,
          person.media(ScriptedParticipant.seesAndHears(OTHERS)));
    }
    for (int i = 1; i <= kills; i++) {
      recorded(mediator);
      room.advance(mediator, Phase.JOINT);
      kill(i, operator);
    }
    recorded(mediator);
    room.advance(mediator, Phase.CLOSED);
    return report(new Quantiles(times));
  }

  private static void recorded(ScriptedParticipant mediator) {
    Awaiting.get(
        "the recorder receives",
        LIMIT,
        mediator
            .room()
            .state(state -> state.path("recording").asText().equals("receiving"), LIMIT));
  }

  private void kill(int number, ApiClient operator) throws IOException, InterruptedException {
    JsonNode used = when(operator, list -> carrying(list) >= 0, list -> list.get(carrying(list)));
    ChildBridge victim =
        bridges.stream()
            .filter(bridge -> used.path("url").asText().startsWith(bridge.address().toString()))
            .findFirst()
            .orElseThrow();
    List<Future<Duration>> back = new ArrayList<>();
    long killed = System.nanoTime();
    for (ScriptedParticipant person : people) {
      back.add(
          person
              .nextBot()
              .compose(bot -> bot.when(ScriptedParticipant.seesAndHears(OTHERS)))
              .map(seen -> Duration.ofNanos(System.nanoTime() - killed)));
    }
    victim.kill();
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  kill %2d ", number));
    for (int i = 0; i < people.size(); i++) {
      String label = people.get(i).label();
      Duration took = Awaiting.get(label + " is back", LIMIT, back.get(i));
      times.add(took);
      line.append(String.format(Locale.ROOT, "  %s %.3f s", label, took.toNanos() / 1e9));
    }
    out.println(line);
    out.flush();
    victim.restart();
    ready(operator);
  }

  /** Both bridges may get the room: the pool has warmed up the one that was restarted. */
  private void ready(ApiClient operator) {
    long begun = System.nanoTime();
    when(operator, list -> ready(list.get(0)) && ready(list.get(1)), list -> list);
    out.println(
        String.format(Locale.ROOT, "  both warm after %.1f s", (System.nanoTime() - begun) / 1e9));
    out.flush();
  }

  private static boolean ready(JsonNode bridge) {
    return bridge.path("accepting").asBoolean() && bridge.path("warmth").asText().equals("warm");
  }

  /** Index of the bridge that has the room; -1 when none has it. */
  private static int carrying(JsonNode list) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path("rooms").asInt() > 0) {
        return i;
      }
    }
    return -1;
  }

  /** Asks for the bridges until the condition holds: a restarted one is let settle by the pool. */
  private JsonNode when(
      ApiClient operator,
      Predicate<JsonNode> condition,
      java.util.function.UnaryOperator<JsonNode> choice) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode list = operator.get("/api/operator/bridges").path("bridges");
      if (condition.test(list)) {
        return choice.apply(list);
      }
      Awaiting.get("a moment", LIMIT, vertx.timer(PACE.toMillis(), TimeUnit.MILLISECONDS));
    }
    throw new IllegalStateException("the bridges did not recover within " + LIMIT);
  }

  private boolean report(Quantiles times) {
    double p50 = times.seconds(0.50);
    double p95 = times.seconds(0.95);
    boolean good = p95 <= TARGET_P95_SECONDS;
    out.println(
        String.format(
            Locale.ROOT,
            "  p50 %.3f s   p95 %.3f s (at most %.1f)   max %.3f s   %s",
            p50,
            p95,
            TARGET_P95_SECONDS,
            times.seconds(1),
            good ? "ok" : "MISSED"));
    out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("bench", "failover")
            .put("recoveries", times.sorted().size())
            .put("p50Seconds", p50)
            .put("p95Seconds", p95)
            .put("maxSeconds", times.seconds(1))
            .put("onTarget", good));
    out.flush();
    return good;
  }
}
