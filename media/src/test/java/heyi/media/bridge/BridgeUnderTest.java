package heyi.media.bridge;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.bot.BotConference;
import heyi.media.bot.BotOptions.Role;
import heyi.media.bot.MediaBot;
import heyi.media.colibri2.AllocationOutcome.Allocated;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A bridge, a conference on it, and bots that meet there. */
@SuppressWarnings("NullAway.Init")
abstract class BridgeUnderTest {
  /** Connecting was seen to take up to 2 s on an overloaded machine. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  static final EndpointId ALICE = new EndpointId("alice");
  static final EndpointId BOB = new EndpointId("bob");
  static final EndpointId CAROL = new EndpointId("carol");
  static final EndpointId RECORDER = new EndpointId("heyi-recorder");

  Vertx vertx;
  BridgeClientHttp client;
  private URI root;
  BotConference room;

  /** Root of the bridge's HTTP interface. */
  abstract URI bridge(Vertx vertx) throws Exception;

  /** Undoes {@link #bridge}. */
  abstract void stop() throws Exception;

  static <T> T await(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    root = bridge(vertx);
    client =
        BridgeClientHttp.create(
            vertx, new BridgeClientOptions(new BridgeId("under-test"), root, PATIENCE));
    room = conference();
  }

  BotConference conference() {
    return new BotConference(
        vertx,
        client,
        new ConferenceId("contract-" + UUID.randomUUID()),
        InstantSource.system(),
        RandomGenerator.getDefault());
  }

  /** Root of the running bridge's HTTP interface. */
  URI bridge() {
    return root;
  }

  @AfterEach
  void end() throws Exception {
    leave();
    client.close();
    stop();
    await(vertx.close());
  }

  /** Ends the conference on the bridge. */
  void leave() throws Exception {
    await(room.close());
  }

  Allocated allocate(EndpointId endpoint) throws Exception {
    return (Allocated) await(client.allocate(room.id(), endpoint));
  }

  MediaBot join(EndpointId endpoint) throws Exception {
    return await(room.join(endpoint, Role.TALKER));
  }

  static void awaitMedia(MediaBot bot, EndpointId... senders) throws Exception {
    for (EndpointId sender : senders) {
      await(
          bot.when(
              seen ->
                  seen.of(audio(sender)).packets() >= 10
                      && seen.of(video(sender)).packets() >= 10
                      && seen.of(video(sender)).keyframes() >= 1));
    }
  }

  static void awaitVideo(MediaBot bot, int more) throws Exception {
    long before = bot.statistics().of(video(ALICE)).packets();
    await(bot.when(seen -> seen.of(video(ALICE)).packets() >= before + more));
  }

  static void awaitAudio(MediaBot bot, int more) throws Exception {
    long before = bot.statistics().of(audio(ALICE)).packets();
    await(bot.when(seen -> seen.of(audio(ALICE)).packets() >= before + more));
  }

  static Ssrc mainStream(MediaBot bot, MediaKind kind) {
    return bot.sources().stream()
        .filter(source -> source.kind() == kind)
        .findFirst()
        .orElseThrow()
        .primary();
  }

  static SourceName audio(EndpointId endpoint) {
    return endpoint.source(MediaKind.AUDIO, 0);
  }

  static SourceName video(EndpointId endpoint) {
    return endpoint.source(MediaKind.VIDEO, 0);
  }
}
