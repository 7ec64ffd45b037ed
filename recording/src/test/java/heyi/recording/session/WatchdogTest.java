package heyi.recording.session;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.SourceName;
import heyi.recording.capture.SourceWatch.Heard;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sources that fall silent, on a clock moved by hand. */
@DisplayName("R26: what is not received is told, fetched anew, and given up at last")
class WatchdogTest {
  private static final SourceName PARTY = new SourceName("party-1-1-a0");
  private static final SourceName MEDIATOR = new SourceName("mediator-1-a0");

  private final Watchdog watchdog = new Watchdog();
  private long now;
  private long mediatorPackets;

  @Test
  void theRecorderComesAnewOnceAndTheSourceIsGivenUpWhenThatDoesNotHelp() {
    assertThat(look(silent(10))).isFalse();
    assertThat(watchdog.waitsFor(PARTY)).isTrue();
    now += Watchdog.RESTART_AFTER.minusMillis(1).toNanos();
    assertThat(look(silent(10))).isFalse();

    now += Duration.ofMillis(1).toNanos();
    assertThat(look(silent(10))).as("comes anew").isTrue();

    assertThat(look(excused(10))).isFalse();
    assertThat(watchdog.waitsFor(PARTY)).as("excused is not received").isTrue();
    assertThat(watchdog.givenUp(PARTY, now)).isFalse();
    now += Watchdog.GIVE_UP_AFTER.toNanos();
    assertThat(look(silent(10))).as("not again and again").isFalse();
    assertThat(watchdog.givenUp(PARTY, now)).isTrue();
    assertThat(watchdog.givenUp(MEDIATOR, now)).isFalse();
  }

  @Test
  void onePacketEndsASilenceAndTheNextOneCountsAnew() {
    look(silent(10));
    now += Watchdog.RESTART_AFTER.toNanos();
    assertThat(look(silent(10))).isTrue();

    assertThat(look(excused(11))).isFalse();
    assertThat(watchdog.waitsFor(PARTY)).isFalse();

    look(silent(11));
    now += Watchdog.GIVE_UP_AFTER.toNanos();
    assertThat(watchdog.givenUp(PARTY, now)).isFalse();
    assertThat(look(silent(11))).as("comes anew for the new silence").isTrue();
  }

  @Test
  void whoIsMutedOrGoneIsNotWaitedFor() {
    look(silent(10));
    look(new Heard(PARTY, 10, 1_000, 0, true, false));
    assertThat(watchdog.waitsFor(PARTY)).isFalse();

    look(silent(10));
    watchdog.forget(PARTY);

    assertThat(watchdog.waitsFor(PARTY)).isFalse();
  }

  private boolean look(Heard party) {
    mediatorPackets += 10;
    return watchdog.look(
        now, List.of(new Heard(MEDIATOR, mediatorPackets, 1_000, 0, false, false), party));
  }

  private static Heard silent(long packets) {
    return new Heard(PARTY, packets, 1_000, 0, false, true);
  }

  /** Its silence counts from now on, because nothing could be received. */
  private static Heard excused(long packets) {
    return new Heard(PARTY, packets, 1_000, 0, false, false);
  }
}
