package heyi.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.bot.BotConference;
import heyi.media.bot.BotOptions.Role;
import heyi.media.bot.BotStatistics;
import heyi.media.bot.MediaBot;
import heyi.media.colibri2.AllocationOutcome.Allocated;
import heyi.media.colibri2.BridgeHealth;
import heyi.media.colibri2.ForceMute;
import heyi.media.colibri2.UpdateOutcome;
import heyi.media.sdp.RemoteSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every bridge must do; run unchanged against the embedded one and Jitsi Videobridge. */
@Tag("bridge-contract")
@Timeout(60)
abstract class BridgeContract extends BridgeChannelContract {
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
}
