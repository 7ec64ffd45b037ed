package heyi.media.pool;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.bot.BotConference;
import heyi.media.bot.BotOptions.Role;
import heyi.media.bot.BotStatistics;
import heyi.media.bot.MediaBot;
import heyi.media.colibri2.BridgeClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Warms a bridge up by what it will do: conferences of two bots that connect, send sound and
 * picture for a moment and leave. The conferences belong to no room: nothing of them is placed,
 * recorded or told to anybody, and their names begin with {@value #NAME_PREFIX}.
 *
 * <p>One alone does not suffice: a Jitsi Videobridge was seen to connect the first in seconds and
 * the third in a few hundred milliseconds.
 *
 * <p><b>Threads:</b> any. <b>Bounds:</b> two bots at a time for a bridge; each step has a timeout.
 * The conference of a server that dies meanwhile expires on the bridge by itself.
 */
public final class WarmUpConferences implements BridgeWarmUp {
  static final String NAME_PREFIX = "warm-up-";

  /** A camera's usual rate, so that a picture takes several packets. */
  private static final int PICTURE_BITS_PER_SECOND = 600_000;

  private static final EndpointId ONE = new EndpointId("warm-up-1");
  private static final EndpointId TWO = new EndpointId("warm-up-2");

  private final Vertx vertx;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Options options;

  /**
   * How much.
   *
   * @param conferences one after the other; at least one
   * @param media for so long each, from when both bots see and hear each other
   * @param timeout longest wait for that
   */
  public record Options(int conferences, Duration media, Duration timeout) {
    /** Checks that all are positive. */
    public Options {
      if (conferences < 1 || media.toMillis() < 1 || timeout.toMillis() < 1) {
        throw new IllegalArgumentException(
            "conferences, media and timeout must be positive: "
                + List.of(conferences, media, timeout));
      }
    }
  }

  /** Prepares; nothing is sent before {@link #run}. */
  public WarmUpConferences(
      Vertx vertx, InstantSource clock, RandomGenerator random, Options options) {
    this.vertx = vertx;
    this.clock = clock;
    this.random = random;
    this.options = options;
  }

  @Override
  public Future<Void> run(BridgeClient bridge) {
    return rounds(bridge, options.conferences());
  }

  private Future<Void> rounds(BridgeClient bridge, int left) {
    return left == 0
        ? Future.succeededFuture()
        : round(bridge).compose(done -> rounds(bridge, left - 1));
  }

  private Future<Void> round(BridgeClient bridge) {
    ConferenceId id = new ConferenceId(NAME_PREFIX + Long.toHexString(random.nextLong()));
    BotConference conference =
        new BotConference(vertx, bridge, id, clock, random, PICTURE_BITS_PER_SECOND);
    return conference
        .join(ONE, Role.TALKER)
        .compose(one -> conference.join(TWO, Role.TALKER).compose(two -> meet(one, two)))
        .compose(met -> vertx.timer(options.media().toMillis(), TimeUnit.MILLISECONDS))
        .eventually(conference::close)
        .mapEmpty();
  }

  private Future<Void> meet(MediaBot one, MediaBot two) {
    return Future.all(seesAndHears(one), seesAndHears(two)).mapEmpty();
  }

  /** A bot tells on its receive thread, which must not be the one that closes it. */
  private Future<Void> seesAndHears(MediaBot bot) {
    Promise<Void> told = Promise.promise();
    bot.when(WarmUpConferences::hasSoundAndPicture)
        .timeout(options.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .onComplete(result -> vertx.runOnContext(ignored -> told.handle(result)));
    return told.future();
  }

  private static boolean hasSoundAndPicture(BotStatistics now) {
    return has(now, MediaKind.AUDIO) && has(now, MediaKind.VIDEO);
  }

  private static boolean has(BotStatistics now, MediaKind kind) {
    return now.received().values().stream()
        .anyMatch(
            source ->
                source.kind() == kind
                    && source.packets() > 0
                    && (kind == MediaKind.AUDIO || source.keyframes() > 0));
  }
}
