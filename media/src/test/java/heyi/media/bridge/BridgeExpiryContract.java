package heyi.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.ConferenceId;
import heyi.media.bot.BotConference;
import heyi.media.bot.BotOptions.Role;
import heyi.media.bot.MediaBot;
import heyi.media.colibri2.AllocationOutcome.Allocated;
import heyi.media.colibri2.BridgeChannel;
import heyi.media.colibri2.UpdateOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every bridge does with endpoints of which nothing is heard any more: a server that was
 * killed expires nothing, and its conferences may not fill the bridge. Needs a bridge that waits
 * for seconds only.
 */
@Tag("bridge-contract")
@Timeout(120)
abstract class BridgeExpiryContract extends BridgeUnderTest {
  /** RFC 7675 lets consent end 30 s after the last answer; Jitsi counts its own timeout. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** Both in one test, since each waits for the same half a minute. */
  @Test
  void whoFellSilentIsRemovedAndAConferenceWhereAllDidIsGone() throws Exception {
    BlockingQueue<BridgeChannel.Ended> ends = new LinkedBlockingQueue<>();
    room.listen(ALICE, ends::add);
    MediaBot alice = join(ALICE);
    join(BOB);
    MediaBot carol = join(CAROL);
    awaitMedia(carol, ALICE, BOB);
    BotConference abandoned = conference();
    MediaBot one = await(abandoned.join(ALICE, Role.TALKER));
    MediaBot two = await(abandoned.join(BOB, Role.TALKER));
    awaitMedia(one, BOB);
    awaitMedia(two, ALICE);

    alice.close();
    one.close();
    two.close();

    assertThat(ends.poll(SILENCE.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo(BridgeChannel.Ended.ORDERLY);
    assertThat(await(client.update(room.id(), ALICE, null, List.of())))
        .isInstanceOf(UpdateOutcome.Declined.class);
    long before = carol.statistics().of(audio(BOB)).packets();
    await(carol.when(seen -> seen.of(audio(BOB)).packets() > before + 20));
    untilGone(abandoned.id());
    assertThat(await(client.allocate(abandoned.id(), CAROL))).isInstanceOf(Allocated.class);
    await(client.expireConference(abandoned.id()));
  }

  private void untilGone(ConferenceId conference) throws Exception {
    while (!(await(client.update(conference, ALICE, null, null))
        instanceof UpdateOutcome.ConferenceGone)) {
      await(vertx.timer(200, TimeUnit.MILLISECONDS));
    }
  }
}
