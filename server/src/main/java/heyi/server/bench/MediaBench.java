package heyi.server.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.bot.JoinBenchmark;
import heyi.media.bot.LoadBenchmark;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeHealth;
import heyi.media.colibri2.BridgeId;
import heyi.server.bench.FailoverBench.BridgeCommand;
import heyi.server.demo.Awaiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Loads bridges with rooms of bots, step by step, until a rule breaks; the embedded bridge first,
 * then the one that is named, on the same machine in one run.
 *
 * <p>The bots run in this process and take more of the machine than the bridge; a machine that is
 * full breaks a rule too, and the line says which. Beside the delay stands how late a thread is
 * that does nothing but wait: so much of the delay is the machine's.
 */
public final class MediaBench {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Duration BRIDGE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PACE = Duration.ofMillis(100);

  /** Compiled code is what a bridge in service has; so long rooms run before anything counts. */
  private static final Duration WARM_UP = Duration.ofSeconds(15);

  private static final int WARM_UP_ROOMS = 2;

  /**
   * New rooms are joins, not forwarding, until everybody gets everything: Jitsi Videobridge lets
   * pictures through as its estimate of each line rises, and what is kept for repetition fills up
   * in four seconds.
   */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  private static final int MAX_SETTLINGS = 4;
  private static final int JOINS = 10;
  private static final int PARTICIPANTS = 3;
  private static final int PICTURE_BITS_PER_SECOND = 1_000_000;
  private static final List<Integer> STEPS = List.of(1, 2, 3, 4, 6, 8, 12, 16, 24, 32);
  private static final double MIN_RECEIVED = 0.9;
  private static final double MAX_LOSS = 0.02;
  private static final double MAX_MACHINE = 0.9;

  /** A fifth of the 150 ms that ITU-T G.114 allows from mouth to ear, for one hop of many. */
  private static final double MAX_DELAY_MILLIS = 30;

  private static final double TARGET_DELAY_MILLIS = 5;

  private final Vertx vertx;
  private final Clock clock;
  private final Duration length;
  private final PrintWriter out;

  private MediaBench(Vertx vertx, Clock clock, Duration length, PrintWriter out) {
    this.vertx = vertx;
    this.clock = clock;
    this.length = length;
    this.out = out;
  }

  private record Step(
      int rooms,
      LoadBenchmark.Passed passed,
      double bridgeCores,
      double cores,
      double latenessMillis) {
    double megabitsOut() {
      return passed.bytesOut() * 8 / 1e6 / seconds();
    }

    double megabitsIn() {
      return passed.bytesIn() * 8 / 1e6 / seconds();
    }

    double seconds() {
      return passed.length().toNanos() / 1e9;
    }

    double corePercentPerMegabit() {
      return 100 * bridgeCores / megabitsOut();
    }

    double loss() {
      double expected = passed.packetsIn() * (double) (PARTICIPANTS - 1);
      return Math.max(0, 1 - passed.packetsOut() / expected);
    }

    double delayMillis(double share) {
      return new Quantiles(passed.delays()).seconds(share) * 1e3;
    }

    double machine() {
      return cores / Runtime.getRuntime().availableProcessors();
    }

    Optional<String> broken() {
      if (passed.delays().isEmpty() || passed.worstReceiver() < MIN_RECEIVED) {
        return Optional.of("a receiver got less than 90 % of what was sent to it");
      }
      if (loss() > MAX_LOSS) {
        return Optional.of("more than 2 % were lost");
      }
      if (delayMillis(0.99) > MAX_DELAY_MILLIS) {
        return Optional.of("one packet in a hundred was late for a conversation");
      }
      if (machine() > MAX_MACHINE) {
        return Optional.of("the machine is full");
      }
      return Optional.empty();
    }
  }

  /** Measures; true when the embedded bridge is on target. */
  public static boolean run(
      Vertx vertx,
      Path folder,
      Clock clock,
      Optional<BridgeCommand> other,
      Duration length,
      PrintWriter out)
      throws IOException {
    MediaBench bench = new MediaBench(vertx, clock, length, out);
    Path log = folder.resolve("bridges.log");
    List<Step> embedded;
    try (ChildBridge bridge = ChildBridge.startEmbedded(log)) {
      embedded = bench.bridge("embedded", bridge);
    }
    boolean good = bench.halfLoad(embedded);
    if (other.isEmpty()) {
      return good;
    }
    BridgeCommand command = other.get();
    try (ChildBridge bridge = ChildBridge.start(command.command(), command.address(), log)) {
      List<Step> named = bench.bridge("named", bridge);
      bench.halfLoad(named);
      return bench.compare(embedded, named) && good;
    }
  }

  private List<Step> bridge(String name, ChildBridge bridge) {
    BridgeClientHttp client =
        BridgeClientHttp.create(
            vertx, new BridgeClientOptions(new BridgeId(name), bridge.address(), BRIDGE_TIMEOUT));
    try {
      out.println("bridge " + name + " at " + bridge.address());
      Awaiting.get("the bridge answers", LIMIT, healthy(client));
      joins(client);
      return steps(name, client, bridge);
    } finally {
      client.close();
    }
  }

  private Future<Void> healthy(BridgeClientHttp client) {
    return client
        .health()
        .compose(
            health ->
                health instanceof BridgeHealth.Healthy
                    ? Future.succeededFuture()
                    : vertx
                        .timer(PACE.toMillis(), TimeUnit.MILLISECONDS)
                        .compose(_ -> healthy(client)));
  }

  private void joins(BridgeClientHttp client) {
    JoinBenchmark joins = new JoinBenchmark(vertx, client, clock, RandomGenerator.getDefault());
    List<JoinBenchmark.Join> all = Awaiting.get("joins", LIMIT, joins.run(JOINS)).joins();
    out.println(
        String.format(
            Locale.ROOT,
            "  join p50   signalled %.3f s   connected %.3f s   sound %.3f s   picture %.3f s",
            new Quantiles(all.stream().map(JoinBenchmark.Join::signalled).toList()).seconds(0.5),
            new Quantiles(all.stream().map(JoinBenchmark.Join::connected).toList()).seconds(0.5),
            new Quantiles(all.stream().map(JoinBenchmark.Join::firstSound).toList()).seconds(0.5),
            new Quantiles(all.stream().map(JoinBenchmark.Join::firstPicture).toList())
                .seconds(0.5)));
    out.println(
        "  rooms  in pkt/s  Mbit/s | out pkt/s  Mbit/s |  loss  worst | delay p50   p95   p99 ms"
            + " late | bridge  % of a core per Mbit/s  machine");
    out.flush();
  }

  /** Steps that held, in order. */
  private List<Step> steps(String name, BridgeClientHttp client, ChildBridge bridge) {
    LoadBenchmark load =
        new LoadBenchmark(
            vertx,
            client,
            clock,
            RandomGenerator.getDefault(),
            new LoadBenchmark.Shape(PARTICIPANTS, PICTURE_BITS_PER_SECOND));
    List<Step> held = new ArrayList<>();
    try {
      Awaiting.get("rooms open", LIMIT, load.grow(WARM_UP_ROOMS));
      Awaiting.get("warm-up", LIMIT, load.measure(WARM_UP));
      Awaiting.get("rooms close", LIMIT, load.close());
      for (int rooms : STEPS) {
        Awaiting.get("rooms open", LIMIT, load.grow(rooms));
        Step step = step(load, rooms, bridge);
        print(name, step);
        if (step.broken().isPresent()) {
          break;
        }
        held.add(step);
      }
    } finally {
      Awaiting.get("rooms close", LIMIT, load.close());
    }
    if (held.isEmpty()) {
      throw new IllegalStateException("not even one room holds on this machine");
    }
    return held;
  }

  private Step step(LoadBenchmark load, int rooms, ChildBridge bridge) {
    settle(load);
    Duration bridgeBefore = bridge.processorTime();
    Duration ownBefore = ownTime();
    LoadBenchmark.Passed passed;
    double lateness;
    try (Lateness waiting = Lateness.start()) {
      passed = Awaiting.get("measuring", length.plus(LIMIT), load.measure(length));
      lateness = new Quantiles(waiting.take()).seconds(0.99) * 1e3;
    }
    double seconds = passed.length().toNanos() / 1e9;
    double cores = bridge.processorTime().minus(bridgeBefore).toNanos() / 1e9 / seconds;
    double own = ownTime().minus(ownBefore).toNanos() / 1e9 / seconds;
    return new Step(rooms, passed, cores, cores + own, lateness);
  }

  private static void settle(LoadBenchmark load) {
    double received = 0;
    for (int i = 0; i < MAX_SETTLINGS && received < MIN_RECEIVED; i++) {
      received = Awaiting.get("settling", LIMIT, load.measure(SETTLING)).worstReceiver();
    }
  }

  private static Duration ownTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void print(String name, Step step) {
    boolean measured = !step.passed().delays().isEmpty();
    double p50 = measured ? step.delayMillis(0.50) : Double.NaN;
    double p95 = measured ? step.delayMillis(0.95) : Double.NaN;
    double p99 = measured ? step.delayMillis(0.99) : Double.NaN;
    out.println(
        String.format(
            Locale.ROOT,
            "  %5d  %8.0f  %6.2f | %9.0f  %6.2f | %4.1f %%  %3.0f %% | %9.2f %5.2f %5.2f"
                + " %6.2f  | %4.1f %%  %18.3f   %3.0f %%  %s",
            step.rooms(),
            step.passed().packetsIn() / step.seconds(),
            step.megabitsIn(),
            step.passed().packetsOut() / step.seconds(),
            step.megabitsOut(),
            100 * step.loss(),
            100 * step.passed().worstReceiver(),
            p50,
            p95,
            p99,
            step.latenessMillis(),
            100 * step.bridgeCores(),
            step.corePercentPerMegabit(),
            100 * step.machine(),
            step.broken().orElse("")));
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("bench", "media")
            .put("bridge", name)
            .put("rooms", step.rooms())
            .put("participants", PARTICIPANTS)
            .put("packetsInPerSecond", step.passed().packetsIn() / step.seconds())
            .put("packetsOutPerSecond", step.passed().packetsOut() / step.seconds())
            .put("megabitsIn", step.megabitsIn())
            .put("megabitsOut", step.megabitsOut())
            .put("loss", step.loss())
            .put("worstReceiver", step.passed().worstReceiver())
            .put("delayP50Millis", p50)
            .put("delayP95Millis", p95)
            .put("delayP99Millis", p99)
            .put("latenessP99Millis", step.latenessMillis())
            .put("machine", step.machine())
            .put("bridgeCores", step.bridgeCores())
            .put("corePercentPerMegabit", step.corePercentPerMegabit());
    step.broken().ifPresent(rule -> json.put("broken", rule));
    out.println(json);
    out.flush();
  }

  /** The delay at half of the most that held. */
  private boolean halfLoad(List<Step> held) {
    int most = held.getLast().rooms();
    Step half = held.stream().filter(step -> 2 * step.rooms() >= most).findFirst().orElseThrow();
    double p99 = half.delayMillis(0.99);
    boolean good = p99 <= TARGET_DELAY_MILLIS;
    out.println(
        String.format(
            Locale.ROOT,
            "  holds %d rooms of %d; at %d rooms p99 of the delay is %.2f ms (at most %.0f)   %s",
            most,
            PARTICIPANTS,
            half.rooms(),
            p99,
            TARGET_DELAY_MILLIS,
            good ? "ok" : "MISSED"));
    out.flush();
    return good;
  }

  /** At the largest step that both held. */
  private boolean compare(List<Step> embedded, List<Step> named) {
    Step other = named.getLast();
    Step own =
        embedded.stream()
            .filter(step -> step.rooms() <= other.rooms())
            .reduce((_, last) -> last)
            .orElseThrow();
    Step same =
        named.stream().filter(step -> step.rooms() == own.rooms()).findFirst().orElse(other);
    double ratio = own.corePercentPerMegabit() / same.corePercentPerMegabit();
    boolean good = ratio <= 1;
    out.println(
        String.format(
            Locale.ROOT,
            "  at %d rooms the embedded bridge takes %.2f of the named one's processor time per"
                + " Mbit/s (at most 1)   %s",
            own.rooms(),
            ratio,
            good ? "ok" : "MISSED"));
    out.flush();
    return good;
  }
}
