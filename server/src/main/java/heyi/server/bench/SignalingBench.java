package heyi.server.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.media.MediaKind;
import heyi.server.demo.ApiClient;
import heyi.server.demo.Awaiting;
import heyi.signaling.client.RoomClient;
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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Rooms of three without media, all open at once: how long a join takes when everybody comes at the
 * same moment, what a calm session costs, and how many messages one core carries. Each message
 * changes the room, is written down, and goes to all three.
 */
public final class SignalingBench {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(60);
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /** Somebody mutes himself or comes back. */
  private static final Duration CALM = Duration.ofSeconds(10);

  private static final Duration BUSY = Duration.ofMillis(500);
  private static final int PARTIES = 2;
  private static final double TARGET_CORE_PERCENT = 25;

  private final Vertx vertx;
  private final ChildServer server;
  private final Duration length;
  private final PrintWriter out;
  private final List<BenchRoom> rooms = new ArrayList<>();
  private final List<RoomClient> people = new ArrayList<>();

  private SignalingBench(Vertx vertx, ChildServer server, Duration length, PrintWriter out) {
    this.vertx = vertx;
    this.server = server;
    this.length = length;
    this.out = out;
  }

  private record Load(double messagesPerSecond, double corePercent) {}

  /** Opens so many rooms and measures; true when on target. */
  public static boolean run(
      Vertx vertx, Path folder, Clock clock, int rooms, Duration length, PrintWriter out)
      throws IOException {
    try (ChildServer server = ChildServer.start(folder);
        ApiClient mediator = server.mediator(vertx)) {
      return new SignalingBench(vertx, server, length, out).run(mediator, clock, rooms);
    }
  }

  private boolean run(ApiClient mediator, Clock clock, int count) {
    try {
      List<String> tokens = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        BenchRoom room = new BenchRoom(vertx, server.port(), mediator, clock, PARTIES);
        rooms.add(room);
        tokens.addAll(room.seatTokens());
      }
      storm(tokens);
      Awaiting.get("settling", LIMIT, timer(SETTLING));
      Load idle = load(null);
      Load calm = load(CALM);
      Load busy = load(BUSY);
      return report(count, idle, calm, busy);
    } finally {
      people.forEach(RoomClient::close);
      rooms.forEach(BenchRoom::close);
    }
  }

  /** Everybody presses the button at once. */
  private void storm(List<String> tokens) {
    ConcurrentLinkedQueue<Duration> times = new ConcurrentLinkedQueue<>();
    Duration before = server.processorTime();
    long begin = System.nanoTime();
    List<Future<?>> joins = new ArrayList<>();
    for (String token : tokens) {
      RoomClient person = new RoomClient(vertx, (_, _) -> "");
      people.add(person);
      joins.add(
          person
              .join("127.0.0.1", server.port(), token, false, JOIN_LIMIT)
              .onSuccess(_ -> times.add(Duration.ofNanos(System.nanoTime() - begin))));
    }
    Awaiting.get("all join", LIMIT, Future.all(joins));
    Quantiles quantiles = new Quantiles(List.copyOf(times));
    double cpu = server.processorTime().minus(before).toNanos() / 1e9;
    out.println(
        String.format(
            Locale.ROOT,
            "  storm of %d joins   p50 %.2f s   p95 %.2f s   last %.2f s   %.2f s of one core",
            tokens.size(),
            quantiles.seconds(0.5),
            quantiles.seconds(0.95),
            quantiles.seconds(1),
            cpu));
    out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("bench", "signaling")
            .put("joins", tokens.size())
            .put("p50Seconds", quantiles.seconds(0.5))
            .put("p95Seconds", quantiles.seconds(0.95))
            .put("lastSeconds", quantiles.seconds(1))
            .put("coreSeconds", cpu));
    out.flush();
  }

  /** What it costs when everybody sends a message in each interval; null sends none. */
  private Load load(@Nullable Duration interval) {
    AtomicLong sent = new AtomicLong();
    List<Long> timers = new ArrayList<>();
    if (interval != null) {
      for (RoomClient person : people) {
        long first = RandomGenerator.getDefault().nextLong(1, interval.toMillis());
        AtomicBoolean muted = new AtomicBoolean();
        timers.add(
            vertx.setPeriodic(
                first,
                interval.toMillis(),
                _ -> {
                  muted.set(!muted.get());
                  person.mute(MediaKind.AUDIO, muted.get());
                  sent.incrementAndGet();
                }));
      }
      Awaiting.get("settling", LIMIT, timer(SETTLING));
    }
    long sentBefore = sent.get();
    Duration before = server.processorTime();
    long begin = System.nanoTime();
    Awaiting.get("measuring", length.plus(LIMIT), timer(length));
    double seconds = (System.nanoTime() - begin) / 1e9;
    double cores = server.processorTime().minus(before).toNanos() / 1e9 / seconds;
    timers.forEach(vertx::cancelTimer);
    long refused = people.stream().mapToLong(person -> person.refusals().size()).sum();
    if (refused > 0) {
      throw new IllegalStateException(refused + " messages were refused");
    }
    return new Load((sent.get() - sentBefore) / seconds, 100 * cores);
  }

  private Future<Void> timer(Duration time) {
    return vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }

  private boolean report(int count, Load idle, Load calm, Load busy) {
    boolean good = calm.corePercent() <= TARGET_CORE_PERCENT;
    double perCore = busy.messagesPerSecond() * 100 / busy.corePercent();
    out.println(
        String.format(
            Locale.ROOT,
            "  %d rooms of 3   silent %.1f %% of one core   calm, %.0f messages/s, %.1f %%"
                + " (at most %.0f)   %s",
            count,
            idle.corePercent(),
            calm.messagesPerSecond(),
            calm.corePercent(),
            TARGET_CORE_PERCENT,
            good ? "ok" : "MISSED"));
    out.println(
        String.format(
            Locale.ROOT,
            "  busy, %.0f messages/s, %.1f %% of one core: one core carries %.0f messages/s",
            busy.messagesPerSecond(),
            busy.corePercent(),
            perCore));
    out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("bench", "signaling")
            .put("rooms", count)
            .put("silentCorePercent", idle.corePercent())
            .put("calmMessagesPerSecond", calm.messagesPerSecond())
            .put("calmCorePercent", calm.corePercent())
            .put("busyMessagesPerSecond", busy.messagesPerSecond())
            .put("busyCorePercent", busy.corePercent())
            .put("messagesPerCoreSecond", perCore)
            .put("onTarget", good));
    out.flush();
    return good;
  }
}
