package heyi.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.EndpointId;
import org.junit.jupiter.api.Test;

/** Who speaks, from packets of 20 ms. */
class DominantSpeakerTest {
  private static final EndpointId ALICE = new EndpointId("alice");
  private static final EndpointId BOB = new EndpointId("bob");
  private static final int LOUD = 20;
  private static final int QUIET = 80;
  private static final int VOICE_BIT = 0x80;
  private static final long PACKET_NANOS = 20_000_000;

  private final DominantSpeaker speaker = new DominantSpeaker();
  private long now = 1_000_000_000_000L;

  /** Lets both send for so long; true when somebody became the speaker. */
  private boolean hear(int packets, int alice, int bob) {
    boolean changed = false;
    for (int i = 0; i < packets; i++) {
      now += PACKET_NANOS;
      changed |= speaker.heard(ALICE, alice, now);
      changed |= speaker.heard(BOB, bob, now);
    }
    return changed;
  }

  @Test
  void nobodySpeaksInSilence() {
    assertThat(hear(500, QUIET, 127)).isFalse();
    assertThat(speaker.now()).isNull();
  }

  @Test
  void halfASecondOfSpeechMakesTheSpeaker() {
    assertThat(hear(25, LOUD, QUIET)).isTrue();
    assertThat(speaker.now()).isEqualTo(ALICE);
    assertThat(hear(100, LOUD, QUIET)).isFalse();
  }

  @Test
  void theVoiceBitIsNoLoudness() {
    hear(25, VOICE_BIT | LOUD, VOICE_BIT | QUIET);

    assertThat(speaker.now()).isEqualTo(ALICE);
  }

  @Test
  void aCoughDoesNotSuffice() {
    hear(50, LOUD, QUIET);

    assertThat(hear(10, QUIET, LOUD)).isFalse();
    assertThat(speaker.now()).isEqualTo(ALICE);
  }

  @Test
  void whoTalksAtTheSameTimeDoesNotTakeOver() {
    hear(50, LOUD, QUIET);

    assertThat(hear(500, LOUD, LOUD)).isFalse();
  }

  @Test
  void theNextTakesOverWhenTheFirstIsSilent() {
    hear(50, LOUD, QUIET);

    assertThat(hear(30, QUIET, LOUD)).isTrue();
    assertThat(speaker.now()).isEqualTo(BOB);
  }

  @Test
  void whoSendsNothingAnyMoreFadesToo() {
    hear(50, LOUD, QUIET);
    boolean changed = false;
    for (int i = 0; i < 40; i++) {
      now += PACKET_NANOS;
      changed |= speaker.heard(BOB, LOUD, now);
    }

    assertThat(changed).isTrue();
  }

  @Test
  void whoLeftIsForgotten() {
    hear(50, LOUD, QUIET);

    speaker.left(ALICE);

    assertThat(speaker.now()).isNull();
  }
}
