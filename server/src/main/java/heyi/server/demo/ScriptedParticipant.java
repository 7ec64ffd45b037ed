package heyi.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.media.EndpointId;
import heyi.media.bot.BotCamera;
import heyi.media.bot.BotOptions;
import heyi.media.bot.BotStatistics;
import heyi.media.bot.LocalAddress;
import heyi.media.bot.MediaBot;
import heyi.media.sdp.SdpException;
import heyi.signaling.client.RoomClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One person in the room: a room socket and a media bot that answers its offers. */
public final class ScriptedParticipant implements AutoCloseable {
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(15);

  private final String label;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final @Nullable BotCamera camera;
  private final RoomClient room;
  private final Promise<MediaBot> firstBot = Promise.promise();
  private Promise<MediaBot> nextBot = Promise.promise();
  private @Nullable MediaBot bot;
  private int bots;

  /** A person who has not joined yet. */
  public ScriptedParticipant(
      Vertx vertx, String label, InstantSource clock, RandomGenerator random) {
    this(vertx, label, clock, random, null);
  }

  /** As above, who is seen by this camera. */
  public ScriptedParticipant(
      Vertx vertx,
      String label,
      InstantSource clock,
      RandomGenerator random,
      @Nullable BotCamera camera) {
    this.camera = camera;
    this.label = label;
    this.clock = clock;
    this.random = random;
    this.room = new RoomClient(vertx, this::answer);
  }

  /** His seat, without personal data. */
  public String label() {
    return label;
  }

  /** Takes the seat. */
  public JsonNode join(String host, int port, String seatToken) {
    return Awaiting.get(
        label + " joins", JOIN_LIMIT, room.join(host, port, seatToken, false, JOIN_LIMIT));
  }

  /** His connection to the room. */
  public RoomClient room() {
    return room;
  }

  private synchronized String answer(String offer, boolean fresh) {
    try {
      MediaBot current = bot;
      if (current == null || fresh) {
        if (current != null) {
          current.close();
        }
        bots++;
        current = open(offer);
        bot = current;
        firstBot.tryComplete(current);
        nextBot.tryComplete(current);
        nextBot = Promise.promise();
      }
      return current.answer(offer);
    } catch (IOException | SdpException e) {
      throw new PlayFailedException(label + " cannot answer the offer", e);
    }
  }

  private MediaBot open(String offer) throws IOException {
    return MediaBot.open(
        new BotOptions(
            new EndpointId(label + "-bot-" + bots),
            LocalAddress.towards(offer),
            BotOptions.Role.TALKER,
            clock,
            random,
            0,
            camera));
  }

  /** The media of his next peer connection, as soon as the room wants a new one. */
  public synchronized Future<MediaBot> nextBot() {
    return nextBot.future();
  }

  /** Completes when his media fulfils the condition. */
  public Future<BotStatistics> media(Predicate<BotStatistics> condition) {
    return firstBot.future().compose(opened -> opened.when(condition));
  }

  /** RTP packets that he sent until now. */
  public synchronized long sentPackets() {
    MediaBot current = bot;
    return current == null ? 0 : current.statistics().endpoint().packetsSent();
  }

  /** True when each of {@code others} people is seen and heard. */
  public static Predicate<BotStatistics> seesAndHears(int others) {
    return now -> {
      long seen = now.received().values().stream().filter(s -> s.keyframes() > 0).count();
      long heard =
          now.received().values().stream()
              .filter(s -> s.packets() > 0 && s.firstKeyframe() == null && s.keyframes() == 0)
              .count();
      return seen >= others && heard >= others;
    };
  }

  @Override
  public synchronized void close() {
    MediaBot current = bot;
    if (current != null) {
      current.close();
    }
    room.close();
  }
}
