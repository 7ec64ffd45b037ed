package heyi.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.bot.BotConference;
import heyi.media.bot.BotOptions.Role;
import heyi.media.bot.BotStatistics;
import heyi.media.bot.MediaBot;
import heyi.media.colibri2.AllocationOutcome.Allocated;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeHealth;
import heyi.media.colibri2.BridgeId;
import heyi.media.colibri2.ForceMute;
import heyi.media.colibri2.UpdateOutcome;
import heyi.media.sdp.RemoteSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every bridge must do; run unchanged against the embedded one and Jitsi Videobridge. */
@Tag("bridge-contract")
@Timeout(60)
@SuppressWarnings("NullAway.Init")
abstract class BridgeContract {
  /** Connecting was seen to take up to 2 s on an overloaded machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final EndpointId ALICE = new EndpointId("alice");
  private static final EndpointId BOB = new EndpointId("bob");
  private static final EndpointId CAROL = new EndpointId("carol");
  private static final EndpointId RECORDER = new EndpointId("heyi-recorder");

  private Vertx vertx;
  private BridgeClientHttp client;
  private BotConference room;

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
    client =
        BridgeClientHttp.create(
            vertx, new BridgeClientOptions(new BridgeId("under-test"), bridge(vertx), PATIENCE));
    room = conference();
  }

  private BotConference conference() {
    return new BotConference(
        vertx,
        client,
        new ConferenceId("contract-" + UUID.randomUUID()),
        InstantSource.system(),
        RandomGenerator.getDefault());
  }

  @AfterEach
  void end() throws Exception {
    await(room.close());
    client.close();
    stop();
    await(vertx.close());
  }

  @Test
  void itIsHealthy() throws Exception {
    assertThat(await(client.health())).isInstanceOf(BridgeHealth.Healthy.class);
  }

  @Test
  void itAllocatesWithAddressAndCredentialsAndMakesTheConferenceByItself() throws Exception {
    Allocated first = allocate(ALICE);
    Allocated second = allocate(BOB);

    assertThat(first.transport().candidates()).isNotEmpty();
    assertThat(first.transport().ufrag()).isNotEqualTo(second.transport().ufrag());
  }

  @Test
  void itDeclinesTheSameEndpointTwice() throws Exception {
    allocate(ALICE);

    assertThat(await(client.allocate(room.id(), ALICE))).isNotInstanceOf(Allocated.class);
  }

  @Test
  void updatingInAConferenceThatIsGoneSaysSo() throws Exception {
    assertThat(await(client.update(room.id(), ALICE, null, List.of())))
        .isInstanceOf(UpdateOutcome.ConferenceGone.class);
  }

  @Test
  void updatingAnUnknownEndpointIsDeclined() throws Exception {
    allocate(ALICE);

    assertThat(await(client.update(room.id(), BOB, null, List.of())))
        .isInstanceOf(UpdateOutcome.Declined.class);
  }

  @Test
  void aConferenceEndsWithItsLastEndpointAndIsMadeAnew() throws Exception {
    allocate(ALICE);
    await(client.expireEndpoint(room.id(), ALICE));

    assertThat(await(client.update(room.id(), ALICE, null, List.of())))
        .isInstanceOf(UpdateOutcome.ConferenceGone.class);
    allocate(ALICE);
  }

  @Test
  void expiringWhatIsGoneIsFine() throws Exception {
    await(client.expireConference(room.id()));
    await(client.expireEndpoint(room.id(), ALICE));
    allocate(ALICE);
    await(client.expireEndpoint(room.id(), BOB));
    await(client.expireConference(room.id()));
  }

  @Test
  void threeSeeAndHearEachOther() throws Exception {
    MediaBot alice = join(ALICE);
    MediaBot bob = join(BOB);
    MediaBot carol = join(CAROL);

    awaitMedia(alice, BOB, CAROL);
    awaitMedia(bob, ALICE, CAROL);
    awaitMedia(carol, ALICE, BOB);
  }

  @Test
  void senderReportsArriveForSoundAndPicture() throws Exception {
    join(ALICE);
    MediaBot bob = join(BOB);

    await(
        bob.when(
            seen ->
                seen.of(audio(ALICE)).senderReports() > 0
                    && seen.of(video(ALICE)).senderReports() > 0));
  }

  @Test
  void aListenerReceivesEverythingAndSendsNothing() throws Exception {
    join(ALICE);
    join(BOB);
    MediaBot recorder = await(room.join(RECORDER, Role.LISTENER));

    awaitMedia(recorder, ALICE, BOB);
    assertThat(recorder.sources()).isEmpty();
  }

  @Test
  void nothingOfAConferenceReachesAnother() throws Exception {
    MediaBot alice = join(ALICE);
    MediaBot bob = join(BOB);
    BotConference caucus = conference();
    MediaBot carol = await(caucus.join(CAROL, Role.TALKER));
    MediaBot spy = await(caucus.join(RECORDER, Role.LISTENER));

    spy.expect(Stream.of(alice, carol).flatMap(BridgeContract::sourcesOf).toList());
    awaitMedia(spy, CAROL);
    awaitMedia(bob, ALICE);
    awaitMedia(spy, CAROL);

    assertThat(spy.statistics().of(audio(ALICE)).packets()).isZero();
    assertThat(spy.statistics().of(video(ALICE)).packets()).isZero();
    await(caucus.close());
  }

  private static Stream<RemoteSource> sourcesOf(MediaBot bot) {
    return bot.sources().stream().map(source -> new RemoteSource(bot.id(), source));
  }

  @Test
  void whoLeavesIsGoneAndMayComeBack() throws Exception {
    MediaBot alice = join(ALICE);
    join(BOB);
    awaitMedia(alice, BOB);

    await(room.leave(BOB));
    EndpointId again = new EndpointId("bob-2");
    MediaBot returned = join(again);

    awaitMedia(alice, again);
    awaitMedia(returned, ALICE);
  }

  @Test
  void whoComesLateGetsAKeyframe() throws Exception {
    MediaBot alice = join(ALICE);
    join(BOB);
    awaitMedia(alice, BOB);

    MediaBot late = join(CAROL);

    BotStatistics seen = await(late.when(each -> each.of(video(ALICE)).keyframes() > 0));
    assertThat(seen.of(video(ALICE)).firstKeyframe()).isNotNull();
  }

  @Test
  void aReceiversWishForAKeyframeReachesTheSender() throws Exception {
    MediaBot alice = join(ALICE);
    MediaBot bob = join(BOB);
    awaitMedia(bob, ALICE);
    long before = alice.statistics().keyframesAsked();

    // A wish that a keyframe overtakes is dropped on the way, rightly; so he asks until it is
    // heard.
    int asked = 0;
    while (alice.statistics().keyframesAsked() == before && asked < 20) {
      bob.requestKeyframe(mainStream(alice, MediaKind.VIDEO));
      asked++;
      awaitVideo(bob, 8);
    }

    assertThat(alice.statistics().keyframesAsked()).isGreaterThan(before);
  }

  @Test
  void forceMuteStopsTheSoundInTheBridgeAndLeavesThePicture() throws Exception {
    join(ALICE);
    MediaBot bob = join(BOB);
    awaitMedia(bob, ALICE);

    await(client.forceMute(room.id(), ALICE, new ForceMute(true, false)));
    // What was under way arrives before 20 more video packets do.
    awaitVideo(bob, 20);
    long heard = bob.statistics().of(audio(ALICE)).packets();
    awaitVideo(bob, 60);

    assertThat(bob.statistics().of(audio(ALICE)).packets()).isEqualTo(heard);
    await(client.forceMute(room.id(), ALICE, ForceMute.NONE));
    await(bob.when(each -> each.of(audio(ALICE)).packets() > heard));
  }

  @Test
  void aSourceThatIsTakenBackIsNoLongerForwarded() throws Exception {
    MediaBot alice = join(ALICE);
    MediaBot bob = join(BOB);
    awaitMedia(bob, ALICE);
    List<MediaSource> soundOnly =
        alice.sources().stream().filter(each -> each.kind() == MediaKind.AUDIO).toList();

    await(client.update(room.id(), ALICE, null, soundOnly));
    awaitAudio(bob, 20);
    long seen = bob.statistics().of(video(ALICE)).packets();
    awaitAudio(bob, 60);

    assertThat(bob.statistics().of(video(ALICE)).packets()).isEqualTo(seen);
  }

  private Allocated allocate(EndpointId endpoint) throws Exception {
    return (Allocated) await(client.allocate(room.id(), endpoint));
  }

  private MediaBot join(EndpointId endpoint) throws Exception {
    return await(room.join(endpoint, Role.TALKER));
  }

  private static void awaitMedia(MediaBot bot, EndpointId... senders) throws Exception {
    for (EndpointId sender : senders) {
      await(
          bot.when(
              seen ->
                  seen.of(audio(sender)).packets() >= 10
                      && seen.of(video(sender)).packets() >= 10
                      && seen.of(video(sender)).keyframes() >= 1));
    }
  }

  private static void awaitVideo(MediaBot bot, int more) throws Exception {
    long before = bot.statistics().of(video(ALICE)).packets();
    await(bot.when(seen -> seen.of(video(ALICE)).packets() >= before + more));
  }

  private static void awaitAudio(MediaBot bot, int more) throws Exception {
    long before = bot.statistics().of(audio(ALICE)).packets();
    await(bot.when(seen -> seen.of(audio(ALICE)).packets() >= before + more));
  }

  private static Ssrc mainStream(MediaBot bot, MediaKind kind) {
    return bot.sources().stream()
        .filter(source -> source.kind() == kind)
        .findFirst()
        .orElseThrow()
        .primary();
  }

  private static SourceName audio(EndpointId endpoint) {
    return endpoint.source(MediaKind.AUDIO, 0);
  }

  private static SourceName video(EndpointId endpoint) {
    return endpoint.source(MediaKind.VIDEO, 0);
  }
}
