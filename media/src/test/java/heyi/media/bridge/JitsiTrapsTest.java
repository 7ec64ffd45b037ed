package heyi.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.bot.BotConference;
import heyi.media.bot.MediaBot;
import heyi.media.colibri2.AllocationOutcome;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeHealth;
import heyi.media.colibri2.BridgeId;
import heyi.media.endpoint.DropReason;
import heyi.media.sdp.RemoteSource;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpResponseExpectation;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a Jitsi Videobridge alone does, and what is relied upon there. */
@Tag("bridge-contract")
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class JitsiTrapsTest extends BridgeUnderTest {
  private static final String STOPPABLE =
      """
      videobridge.rest.shutdown.enabled = true
      videobridge.shutdown.shutting-down-delay = 1 second
      """;

  @TempDir Path folder;
  private JitsiProcess bridge;

  @BeforeAll
  static void onlyWhereACommandIsNamed() {
    if (!JitsiProcess.isNamed()) {
      System.out.println(
          "NOT RUN: traps of Jitsi Videobridge, " + JitsiProcess.VARIABLE + " is unset");
    }
    assumeTrue(JitsiProcess.isNamed(), JitsiProcess.VARIABLE + " is unset");
  }

  @Override
  URI bridge(Vertx vertx) throws Exception {
    bridge = JitsiProcess.start(vertx, folder, STOPPABLE);
    return bridge.root();
  }

  /** A bridge that has shut itself down answers nothing more. */
  @Override
  void leave() throws Exception {
    if (!bridge.endsWithin(0)) {
      super.leave();
    }
  }

  @Override
  void stop() {
    bridge.close();
  }

  /**
   * A bridge that is to stop tells it, declines new conferences, carries its own to their end, and
   * ends then by itself.
   */
  @Test
  void aGracefulShutdownEndsWithTheLastConferenceAndTakesNoNewOne() throws Exception {
    MediaBot alice = join(ALICE);
    MediaBot bob = join(BOB);
    awaitMedia(bob, ALICE);

    shutDownGracefully();

    BotConference other = conference();
    assertThat(await(client.allocate(other.id(), CAROL)))
        .isInstanceOf(AllocationOutcome.Declined.class);
    while (!await(client.load()).draining()) {
      await(vertx.timer(200, TimeUnit.MILLISECONDS));
    }
    assertThat(await(client.health())).isInstanceOf(BridgeHealth.Healthy.class);
    awaitAudio(bob, 50);
    MediaBot late = join(CAROL);
    awaitMedia(late, ALICE, BOB);
    awaitMedia(alice, CAROL);

    await(room.close());

    assertThat(bridge.endsWithin(PATIENCE.toSeconds())).isTrue();
  }

  private void shutDownGracefully() throws Exception {
    HttpClient http = vertx.createHttpClient();
    await(
        http.request(HttpMethod.POST, bridge().getPort(), bridge().getHost(), "/colibri/shutdown")
            .compose(
                request ->
                    request
                        .putHeader("Content-Type", "application/json")
                        .send(Buffer.buffer("{\"graceful-shutdown\":true}")))
            .expecting(HttpResponseExpectation.SC_SUCCESS));
    await(http.close());
  }

  /**
   * With two in a conference the bridge probes their lines with packets of sources of its own. They
   * are offered with everybody's, for a browser takes what it was not told of for a stream that
   * nobody sends, and asks for its losses for ever.
   */
  @Test
  void whatItSendsOfItsOwnWasOfferedBefore() throws Exception {
    MediaBot alice = join(ALICE);
    MediaBot bob = join(BOB);
    List<MediaSource> own = allocate(CAROL).feedbackSources();
    await(client.expireEndpoint(room.id(), CAROL));
    assertThat(own).hasSize(2);

    bob.expect(
        Stream.concat(
                alice.sources().stream().map(source -> new RemoteSource(ALICE, source)),
                own.stream().map(source -> new RemoteSource(new EndpointId("jvb"), source)))
            .toList());
    awaitMedia(bob, ALICE);
    long before = unexpected(bob);
    awaitVideo(bob, 300);

    assertThat(unexpected(bob)).isEqualTo(before);
  }

  private static long unexpected(MediaBot bot) {
    return bot.statistics().endpoint().dropped().getOrDefault(DropReason.UNEXPECTED_SSRC, 0L);
  }

  /** It answers its health check with 200 and has nothing to connect to. */
  @Test
  void aBridgeWithoutAnAddressForMediaDeclines() throws Exception {
    try (JitsiProcess deaf =
        JitsiProcess.start(
            vertx, folder, "ice4j.harvest.allowed-interfaces = [\"no-such-interface\"]")) {
      BridgeClientHttp itsClient =
          BridgeClientHttp.create(
              vertx, new BridgeClientOptions(new BridgeId("deaf"), deaf.root(), PATIENCE));

      assertThat(await(itsClient.health())).isInstanceOf(BridgeHealth.Healthy.class);
      assertThat(await(itsClient.allocate(room.id(), ALICE)))
          .isInstanceOf(AllocationOutcome.Declined.class);
      itsClient.close();
    }
  }
}
