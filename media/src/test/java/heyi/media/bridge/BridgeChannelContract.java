package heyi.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.EndpointId;
import heyi.media.SourceName;
import heyi.media.bot.MediaBot;
import heyi.media.colibri2.AllocationOutcome.Allocated;
import heyi.media.colibri2.BridgeChannel;
import heyi.media.colibri2.BridgeLoad;
import heyi.media.colibri2.VideoConstraints;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpResponseExpectation;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every bridge says and does over the channels of its endpoints, and about its load. */
@Tag("bridge-contract")
@Timeout(60)
abstract class BridgeChannelContract extends BridgeUnderTest {
  @Test
  void whatIsNotWantedIsNotSentUntilItIsWantedAgain() throws Exception {
    join(ALICE);
    MediaBot bob = join(BOB);
    awaitMedia(bob, ALICE);

    room.wish(BOB, new VideoConstraints(0, Map.of()));
    // Jitsi Videobridge was seen to go on for half a second.
    awaitAudio(bob, 100);
    long seen = bob.statistics().of(video(ALICE)).packets();
    awaitAudio(bob, 60);
    assertThat(bob.statistics().of(video(ALICE)).packets()).isEqualTo(seen);

    long keyframes = bob.statistics().of(video(ALICE)).keyframes();
    room.wish(BOB, new VideoConstraints(0, Map.of(video(ALICE), 720)));
    await(bob.when(each -> each.of(video(ALICE)).keyframes() > keyframes));
  }

  @Test
  void aSenderHearsThatNobodyLooksAndThatSomebodyLooksAgain() throws Exception {
    BlockingQueue<Integer> heights = new LinkedBlockingQueue<>();
    room.listen(
        ALICE,
        new BridgeChannel.Listener() {
          @Override
          public void ended(BridgeChannel.Ended how) {}

          @Override
          public void senderConstraint(SourceName source, int maxHeight) {
            if (source.equals(video(ALICE))) {
              heights.add(maxHeight);
            }
          }
        });
    join(ALICE);
    MediaBot bob = join(BOB);
    awaitMedia(bob, ALICE);

    room.wish(BOB, new VideoConstraints(0, Map.of()));
    next(heights, height -> height == 0);
    room.wish(BOB, VideoConstraints.USUAL);
    next(heights, height -> height > 0);
  }

  @Test
  void everybodyHearsWhoSpeaks() throws Exception {
    BlockingQueue<EndpointId> speakers = new LinkedBlockingQueue<>();
    room.listen(
        BOB,
        new BridgeChannel.Listener() {
          @Override
          public void ended(BridgeChannel.Ended how) {}

          @Override
          public void dominantSpeaker(EndpointId speaker) {
            speakers.add(speaker);
          }
        });
    MediaBot alice = join(ALICE);
    join(BOB);
    MediaBot carol = join(CAROL);
    awaitMedia(alice, CAROL);
    awaitMedia(carol, ALICE);

    carol.speak();

    next(speakers, CAROL::equals);
  }

  @Test
  void theChannelOfARemovedEndpointEndsInOrder() throws Exception {
    BlockingQueue<BridgeChannel.Ended> ends = new LinkedBlockingQueue<>();
    room.listen(ALICE, ends::add);
    join(ALICE);
    join(BOB);

    await(client.expireEndpoint(room.id(), ALICE));

    next(ends, BridgeChannel.Ended.ORDERLY::equals);
  }

  @Test
  void aChannelNeedsThePasswordOfItsAddress() throws Exception {
    Allocated allocated = allocate(ALICE);
    URI offered = allocated.transport().webSockets().getFirst();
    WebSocketClient sockets = vertx.createWebSocketClient();

    for (String wrong : List.of("?pwd=wrong", "")) {
      BlockingQueue<String> ends = new LinkedBlockingQueue<>();
      sockets
          .connect(
              new WebSocketConnectOptions()
                  .setAbsoluteURI(offered.toString().replaceFirst("\\?.*", wrong)))
          .onFailure(failure -> ends.add("refused"))
          .onSuccess(socket -> socket.closeHandler(ignored -> ends.add("closed")));

      assertThat(ends.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isIn("refused", "closed");
    }
  }

  /** Whoever places rooms has to honour it: the bridge itself does not. */
  @Test
  void aDrainIsOnlyToldAndConferencesAreStillTaken() throws Exception {
    drain("enable");
    try {
      awaitDraining(true);
      allocate(ALICE);
    } finally {
      drain("disable");
    }
    awaitDraining(false);
  }

  private void drain(String what) throws Exception {
    HttpClient http = vertx.createHttpClient();
    URI root = bridge();
    await(
        http.request(HttpMethod.POST, root.getPort(), root.getHost(), "/colibri/drain/" + what)
            .compose(HttpClientRequest::send)
            .expecting(HttpResponseExpectation.SC_OK));
    await(http.close());
  }

  /** Jitsi Videobridge computes its figures every five seconds. */
  private void awaitDraining(boolean expected) throws Exception {
    while (await(client.load()).draining() != expected) {
      await(vertx.timer(100, TimeUnit.MILLISECONDS));
    }
  }

  @Test
  void itTellsItsLoad() throws Exception {
    BridgeLoad load = await(client.load());

    assertThat(load.version()).isNotBlank();
    assertThat(load.draining()).isFalse();
  }

  /** The next value that fits; others before it are passed over. */
  private static <T> void next(BlockingQueue<T> values, Predicate<T> fits) throws Exception {
    T value = values.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    while (value != null && !fits.test(value)) {
      value = values.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(value).as("in time").isNotNull();
  }
}
