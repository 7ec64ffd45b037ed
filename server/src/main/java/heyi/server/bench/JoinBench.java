package heyi.server.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.server.demo.ApiClient;
import heyi.server.demo.Awaiting;
import heyi.server.demo.ScriptedParticipant;
import heyi.signaling.room.Phase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long a party waits from pressing the button to the first frame of the mediator: the link is
 * redeemed, the socket opened, the seat taken, the offer answered, ICE and DTLS done, and the first
 * keyframe has arrived (decoding is the browser's and not in here).
 */
public final class JoinBench {
  /** Compiled code and loaded classes are what a server has after its first session. */
  private static final int WARM_UP_JOINS = 3;

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final double TARGET_P50_SECONDS = 0.6;
  private static final double TARGET_P95_SECONDS = 1.5;

  private JoinBench() {}

  /** Measures {@code joins} joins of one party, one after the other; true when on target. */
  public static boolean run(Vertx vertx, Path folder, Clock clock, int joins, PrintWriter out)
      throws IOException {
    List<Duration> times = new ArrayList<>();
    try (ChildServer server = ChildServer.start(folder);
        ApiClient mediator = server.mediator(vertx);
        BenchRoom room = new BenchRoom(vertx, server.port(), mediator, clock, 1)) {
      room.advance(room.mediatorJoins(), Phase.OPENING);
      for (int i = -WARM_UP_JOINS; i < joins; i++) {
        Duration took = join(room);
        if (i >= 0) {
          times.add(took);
          out.println(
              String.format(Locale.ROOT, "  join %2d   %.3f s", i + 1, took.toNanos() / 1e9));
          out.flush();
        }
      }
    }
    return report(new Quantiles(times), out);
  }

  private static Duration join(BenchRoom room) {
    ObjectNode token = room.invite(1);
    long pressed = System.nanoTime();
    try (ScriptedParticipant party = room.partyJoins(1, token)) {
      Awaiting.get(
          "first remote keyframe",
          LIMIT,
          party.media(now -> now.received().values().stream().anyMatch(s -> s.keyframes() > 0)));
      Duration took = Duration.ofNanos(System.nanoTime() - pressed);
      party.room().leave();
      return took;
    }
  }

  private static boolean report(Quantiles times, PrintWriter out) {
    double p50 = times.seconds(0.50);
    double p95 = times.seconds(0.95);
    boolean good = p50 <= TARGET_P50_SECONDS && p95 <= TARGET_P95_SECONDS;
    out.println(
        String.format(
            Locale.ROOT,
            "  p50 %.3f s (at most %.1f)   p95 %.3f s (at most %.1f)   %s",
            p50,
            TARGET_P50_SECONDS,
            p95,
            TARGET_P95_SECONDS,
            good ? "ok" : "MISSED"));
    out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("bench", "join")
            .put("joins", times.sorted().size())
            .put("p50Seconds", p50)
            .put("p95Seconds", p95)
            .put("maxSeconds", times.seconds(1))
            .put("onTarget", good));
    out.flush();
    return good;
  }
}
