package heyi.server.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.media.bridge.EmbeddedBridge;
import heyi.media.bridge.EmbeddedBridgeOptions;
import heyi.media.endpoint.UdpPort;
import heyi.server.demo.ApiClient;
import heyi.server.demo.Awaiting;
import heyi.server.demo.ScriptedParticipant;
import heyi.signaling.room.Phase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Processor time of the server while it records people who sit alone in a room each and send 1
 * Mbit/s; the idle server's own time is taken off. The bridge and the people are in the process of
 * the benchmark, so what is left is the recorder, and the rooms, which do nothing meanwhile.
 */
public final class RecorderBench {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** After this the packet path is compiled. */
  private static final Duration SETTLING = Duration.ofSeconds(20);

  private static final double TARGET_PERCENT = 2.0;
  private static final int PEOPLE = 8;
  private static final int PICTURE_BITS_PER_SECOND = 1_000_000;

  private RecorderBench() {}

  /** Records for so long; true when on target. */
  public static boolean run(Vertx vertx, Path folder, Clock clock, Duration length, PrintWriter out)
      throws IOException {
    try (UdpPort port = UdpPort.open(InetAddress.getLoopbackAddress(), 0)) {
      EmbeddedBridge bridge =
          Awaiting.get(
              "the bridge starts",
              LIMIT,
              EmbeddedBridge.start(vertx, port, EmbeddedBridgeOptions.DEFAULT));
      Map<String, String> settings =
          Map.of(
              "HEYI_MEDIA_BRIDGES", bridge.uri().toString(),
              "HEYI_MEDIA_ADDRESSES", InetAddress.getLoopbackAddress().getHostAddress());
      try (ChildServer server = ChildServer.start(folder, settings)) {
        return measure(vertx, server, clock, length, out);
      } finally {
        Awaiting.get("the bridge stops", LIMIT, bridge.close());
      }
    }
  }

  private static boolean measure(
      Vertx vertx, ChildServer server, Clock clock, Duration length, PrintWriter out)
      throws IOException {
    settle(vertx, SETTLING);
    double idle = percent(vertx, server, length);
    List<BenchRoom> rooms = new ArrayList<>();
    List<ScriptedParticipant> people = new ArrayList<>();
    try (ApiClient mediator = server.mediator(vertx)) {
      for (int i = 0; i < PEOPLE; i++) {
        BenchRoom room =
            new BenchRoom(vertx, server.port(), mediator, clock, 1, PICTURE_BITS_PER_SECOND);
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
    boolean good = percent <= TARGET_PERCENT;
    out.println(
        String.format(
            Locale.ROOT,
            "  %.2f %% of one core per participant of 1 Mbit/s, %.0f packets/s (at most %.1f)   %s",
            percent,
            rate,
            TARGET_PERCENT,
            good ? "ok" : "MISSED"));
    out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("bench", "recorder")
            .put("corePercent", percent)
            .put("packetsPerSecond", rate)
            .put("onTarget", good));
    out.flush();
    return good;
  }
}
