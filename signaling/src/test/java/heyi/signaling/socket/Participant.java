package heyi.signaling.socket;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.bot.BotOptions;
import heyi.media.bot.BotStatistics;
import heyi.media.bot.MediaBot;
import heyi.media.sdp.SdpException;
import heyi.signaling.client.RoomClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A room client whose peer connection is a media bot, as a page has one. */
final class Participant {
  private static final int ENOUGH = 10;

  private final RoomClient room;
  private final Promise<MediaBot> first = Promise.promise();
  private Promise<MediaBot> next = Promise.promise();
  private @Nullable MediaBot bot;

  Participant(Vertx vertx) {
    room = new RoomClient(vertx, this::answer);
  }

  RoomClient room() {
    return room;
  }

  /** His first peer connection. */
  Future<MediaBot> bot() {
    return first.future();
  }

  /** His next peer connection, once the room wants a new one. */
  synchronized Future<MediaBot> nextBot() {
    return next.future();
  }

  /** Whether sound and picture of so many others came. */
  static boolean hears(BotStatistics seen, int others) {
    return count(seen, MediaKind.AUDIO) == others && count(seen, MediaKind.VIDEO) == others;
  }

  private static long count(BotStatistics seen, MediaKind kind) {
    return seen.received().values().stream()
        .filter(source -> source.kind() == kind && source.packets() > ENOUGH)
        .count();
  }

  private synchronized String answer(String offer, boolean fresh) {
    try {
      MediaBot answering = bot;
      if (answering == null || fresh) {
        if (answering != null) {
          answering.close();
        }
        answering =
            MediaBot.open(
                new BotOptions(
                    new EndpointId("bot"),
                    InetAddress.getLoopbackAddress(),
                    BotOptions.Role.TALKER,
                    InstantSource.system(),
                    new SplittableRandom()));
        bot = answering;
        first.tryComplete(answering);
        next.complete(answering);
        next = Promise.promise();
      }
      return answering.answer(offer);
    } catch (SdpException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void close() {
    if (bot != null) {
      bot.close();
    }
  }
}
