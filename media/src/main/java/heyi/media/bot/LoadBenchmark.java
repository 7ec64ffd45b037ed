package heyi.media.bot;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.bot.BotOptions.Role;
import heyi.media.colibri2.BridgeClient;
import heyi.media.endpoint.EndpointStatistics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Rooms of bots on one bridge, all of whom talk, and what comes through it.
 *
 * <p><b>Threads:</b> one call at a time; await its future before the next. <b>Bounds:</b> the
 * caller's; each bot costs a port and a receive thread.
 */
public final class LoadBenchmark {
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final BridgeClient bridge;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Shape shape;
  private final List<Room> rooms = new ArrayList<>();

  /**
   * What a room is.
   *
   * @param participants in each room, at least 2
   * @param pictureBitsPerSecond of each participant's picture
   */
  public record Shape(int participants, int pictureBitsPerSecond) {
    /** Checks the number. */
    public Shape {
      if (participants < 2) {
        throw new IllegalArgumentException("a room needs two participants to forward anything");
      }
    }
  }

  /**
   * What went through the bridge.
   *
   * @param length of the measurement
   * @param packetsIn RTP packets that all bots sent
   * @param bytesIn of those packets
   * @param packetsOut RTP packets that all bots received
   * @param bytesOut of those packets
   * @param worstReceiver the smallest share of the packets sent to a bot that it received, 0 to 1
   * @param delays from sender to receiver in one process, sorted, not empty
   */
  public record Passed(
      Duration length,
      long packetsIn,
      long bytesIn,
      long packetsOut,
      long bytesOut,
      double worstReceiver,
      List<Duration> delays) {}

  private record Room(BotConference conference, List<MediaBot> bots) {}

  private record Counts(List<EndpointStatistics> bots) {}

  /** Prepares; nothing is sent yet. */
  public LoadBenchmark(
      Vertx vertx, BridgeClient bridge, InstantSource clock, RandomGenerator random, Shape shape) {
    this.vertx = vertx;
    this.bridge = bridge;
    this.clock = clock;
    this.random = random;
    this.shape = shape;
  }

  /** Opens rooms until there are so many; completes when everybody hears everybody. */
  public Future<Void> grow(int to) {
    return rooms.size() >= to ? Future.succeededFuture() : open().compose(opened -> grow(to));
  }

  private Future<Void> open() {
    ConferenceId id = new ConferenceId("load-" + Long.toHexString(random.nextLong()));
    Room room =
        new Room(
            new BotConference(vertx, bridge, id, clock, random, shape.pictureBitsPerSecond()),
            new ArrayList<>());
    rooms.add(room);
    return fill(room);
  }

  private Future<Void> fill(Room room) {
    int number = room.bots().size();
    if (number == shape.participants()) {
      return Future.all(room.bots().stream().map(this::hearsAll).toList()).mapEmpty();
    }
    return room.conference()
        .join(new EndpointId("load-" + number), Role.TALKER)
        .compose(
            bot -> {
              room.bots().add(bot);
              return fill(room);
            });
  }

  private Future<BotStatistics> hearsAll(MediaBot bot) {
    int sources = 2 * (shape.participants() - 1);
    return bot.when(
            seen ->
                seen.received().values().stream().filter(source -> source.packets() > 0).count()
                    >= sources)
        .timeout(JOIN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Counts for so long; at least one room is open. */
  public Future<Passed> measure(Duration length) {
    rooms.forEach(room -> room.bots().forEach(MediaBot::takeDelays));
    List<Counts> before = counts();
    long begin = System.nanoTime();
    return vertx
        .timer(length.toMillis(), TimeUnit.MILLISECONDS)
        .map(done -> passed(before, counts(), Duration.ofNanos(System.nanoTime() - begin)));
  }

  private List<Counts> counts() {
    return rooms.stream()
        .map(
            room ->
                new Counts(room.bots().stream().map(bot -> bot.statistics().endpoint()).toList()))
        .toList();
  }

  private Passed passed(List<Counts> before, List<Counts> after, Duration length) {
    LongSummaryStatistics packetsIn = new LongSummaryStatistics();
    LongSummaryStatistics bytesIn = new LongSummaryStatistics();
    LongSummaryStatistics packetsOut = new LongSummaryStatistics();
    LongSummaryStatistics bytesOut = new LongSummaryStatistics();
    double worst = 1;
    for (int r = 0; r < after.size(); r++) {
      List<EndpointStatistics> then = before.get(r).bots();
      List<EndpointStatistics> now = after.get(r).bots();
      long sent = 0;
      for (int b = 0; b < now.size(); b++) {
        sent += now.get(b).packetsSent() - then.get(b).packetsSent();
        packetsIn.accept(now.get(b).packetsSent() - then.get(b).packetsSent());
        bytesIn.accept(now.get(b).bytesSent() - then.get(b).bytesSent());
        packetsOut.accept(now.get(b).packetsReceived() - then.get(b).packetsReceived());
        bytesOut.accept(now.get(b).bytesReceived() - then.get(b).bytesReceived());
      }
      for (int b = 0; b < now.size(); b++) {
        long toThisOne = sent - (now.get(b).packetsSent() - then.get(b).packetsSent());
        long received = now.get(b).packetsReceived() - then.get(b).packetsReceived();
        worst = Math.min(worst, (double) received / Math.max(1, toThisOne));
      }
    }
    return new Passed(
        length,
        packetsIn.getSum(),
        bytesIn.getSum(),
        packetsOut.getSum(),
        bytesOut.getSum(),
        worst,
        delays());
  }

  private List<Duration> delays() {
    return rooms.stream()
        .flatMap(room -> room.bots().stream())
        .flatMap(bot -> bot.takeDelays().stream())
        .sorted()
        .toList();
  }

  /** Ends all rooms. */
  public Future<Void> close() {
    List<Future<Void>> closing = rooms.stream().map(room -> room.conference().close()).toList();
    rooms.clear();
    return Future.join(closing).mapEmpty();
  }
}
