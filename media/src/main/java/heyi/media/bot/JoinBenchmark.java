package heyi.media.bot;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.bot.BotOptions.Role;
import heyi.media.colibri2.BridgeClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Measures how long a participant waits from joining to the first sound and picture of somebody who
 * is there already, on a bridge alone: no browser, no room.
 *
 * <p>Joins come one after the other, each into the same conference and out again.
 *
 * <p><b>Threads:</b> any. <b>Errors:</b> the future fails at the first join that the bridge refuses
 * or that takes longer than {@link #PATIENCE}.
 */
public final class JoinBenchmark {
  /** A join that takes this long is a failure, not a slow one. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final EndpointId HOST = new EndpointId("bench-host");

  private final BotConference conference;

  /**
   * One join, each moment counted from its begin.
   *
   * @param signalled the bridge has taken over the bot's answer
   * @param connected ICE and DTLS are done
   * @param firstSound the first audio packet came
   * @param firstPicture the first keyframe began to come
   */
  public record Join(
      Duration signalled, Duration connected, Duration firstSound, Duration firstPicture) {}

  /**
   * All joins in order.
   *
   * @param joins at least one
   */
  public record Report(List<Join> joins) {
    /** Copies the list. */
    public Report {
      joins = List.copyOf(joins);
      if (joins.isEmpty()) {
        throw new IllegalArgumentException("a report needs at least one join");
      }
    }

    /**
     * Time to the first picture that so many percent of the joins did not exceed (nearest rank).
     *
     * @param percent 1 to 100
     */
    public Duration firstPicturePercentile(int percent) {
      List<Duration> sorted = joins.stream().map(Join::firstPicture).sorted().toList();
      int rank = (sorted.size() * percent + 99) / 100;
      return sorted.get(Math.clamp(rank, 1, sorted.size()) - 1);
    }
  }

  /** Prepares a benchmark; nothing is sent yet. */
  public JoinBenchmark(
      Vertx vertx, BridgeClient bridge, InstantSource clock, RandomGenerator random) {
    ConferenceId id = new ConferenceId("bench-" + Long.toHexString(random.nextLong()));
    this.conference = new BotConference(vertx, bridge, id, clock, random);
  }

  /**
   * Runs it once.
   *
   * @param joins how many are measured, 1 to 1000
   */
  public Future<Report> run(int joins) {
    if (joins < 1 || joins > 1000) {
      throw new IllegalArgumentException("joins must be 1 to 1000 but are " + joins);
    }
    List<Join> measured = new ArrayList<>(joins);
    return conference
        .join(HOST, Role.TALKER)
        .compose(host -> host.when(seen -> seen.connected() != null))
        .compose(ignored -> next(joins, measured))
        .eventually(conference::close)
        .map(ignored -> new Report(measured));
  }

  private Future<Void> next(int joins, List<Join> measured) {
    if (measured.size() == joins) {
      return Future.succeededFuture();
    }
    EndpointId guest = new EndpointId("bench-guest-" + measured.size());
    return join(guest)
        .compose(
            join -> {
              measured.add(join);
              return conference.leave(guest);
            })
        .compose(ignored -> next(joins, measured));
  }

  private Future<Join> join(EndpointId guest) {
    long begin = System.nanoTime();
    return conference
        .join(guest, Role.TALKER)
        .compose(
            bot -> {
              Duration signalled = since(begin);
              Future<Duration> connected =
                  bot.when(seen -> seen.connected() != null).map(seen -> since(begin));
              Future<Duration> sound =
                  bot.when(seen -> seen.of(HOST.source(MediaKind.AUDIO, 0)).packets() > 0)
                      .map(seen -> since(begin));
              Future<Duration> picture =
                  bot.when(seen -> seen.of(HOST.source(MediaKind.VIDEO, 0)).keyframes() > 0)
                      .map(seen -> since(begin));
              return Future.all(connected, sound, picture)
                  .map(
                      ignored ->
                          new Join(
                              signalled, connected.result(), sound.result(), picture.result()));
            })
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Duration since(long beginNanos) {
    return Duration.ofNanos(System.nanoTime() - beginNanos);
  }
}
