package heyi.server.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.server.demo.Awaiting;
import heyi.server.demo.ScriptedParticipant;
import heyi.signaling.room.Phase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Processor time of the server while it records people who sit alone in a room each, so that
 * nothing but the recorder hears them; the idle server's own time is taken off.
 *
 * <p>The figure holds the embedded bridge's share (receiving, and forwarding to the recorder), so
 * it is an upper bound of what the recorder itself needs. Work goes with packets, not with bytes:
 * the scripted people send small pictures, therefore the figure is scaled to the packets of a
 * participant at 1 Mbit/s.
 */
public final class RecorderBench {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final double TARGET_PERCENT = 2.0;
  private static final int PEOPLE = 8;

  /** 50 of sound, and 1 Mbit/s of picture in packets of 1,100 bytes. */
  private static final double PACKETS_PER_SECOND_AT_ONE_MEGABIT = 50 + 1e6 / 8 / 1_100;

  private RecorderBench() {}

  /** Records for so long; true when on target. */
  public static boolean run(
      Vertx vertx, ChildServer server, Clock clock, Duration length, PrintWriter out)
      throws IOException {
    settle(vertx, SETTLING);
    double idle = percent(vertx, server, length);
    List<BenchRoom> rooms = new ArrayList<>();
    List<ScriptedParticipant> people = new ArrayList<>();
    try {
      for (int i = 0; i < PEOPLE; i++) {
        BenchRoom room = new BenchRoom(vertx, server.port(), clock, server.mediatorPassword(), 1);
        rooms.add(room);
        people.add(recorded(room));
      }
      settle(vertx, SETTLING);
      long packetsBefore = packets(people);
      double busy = percent(vertx, server, length);
      double rate = (packets(people) - packetsBefore) / (double) length.toSeconds() / PEOPLE;
      return report((busy - idle) / PEOPLE, rate, out);
    } finally {
      rooms.forEach(BenchRoom::close);
    }
  }

  private static ScriptedParticipant recorded(BenchRoom room) {
    ScriptedParticipant mediator = room.mediatorJoins();
    room.advance(mediator, Phase.OPENING);
    Awaiting.get(
        "the recorder receives",
        LIMIT,
        mediator
            .room()
            .state(state -> state.path("recording").asText().equals("receiving"), LIMIT));
    return mediator;
  }

  private static long packets(List<ScriptedParticipant> people) {
    return people.stream().mapToLong(ScriptedParticipant::sentPackets).sum();
  }

  private static double percent(Vertx vertx, ChildServer server, Duration length) {
    Duration before = server.processorTime();
    settle(vertx, length);
    return 100.0 * server.processorTime().minus(before).toNanos() / length.toNanos();
  }

  private static void settle(Vertx vertx, Duration length) {
    Awaiting.get(
        "time passes", length.plus(LIMIT), vertx.timer(length.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static boolean report(double percent, double rate, PrintWriter out) {
    double atOneMegabit = percent * PACKETS_PER_SECOND_AT_ONE_MEGABIT / rate;
    boolean good = atOneMegabit <= TARGET_PERCENT;
    out.println(
        String.format(
            Locale.ROOT,
            "  %.2f %% of one core per participant of %.0f packets/s, bridge included",
            percent,
            rate));
    out.println(
        String.format(
            Locale.ROOT,
            "  %.2f %% scaled to 1 Mbit/s, %.0f packets/s (at most %.1f)   %s",
            atOneMegabit,
            PACKETS_PER_SECOND_AT_ONE_MEGABIT,
            TARGET_PERCENT,
            good ? "ok" : "MISSED"));
    out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("bench", "recorder")
            .put("corePercent", percent)
            .put("packetsPerSecond", rate)
            .put("corePercentAtOneMegabit", atOneMegabit)
            .put("onTarget", good));
    out.flush();
    return good;
  }
}
