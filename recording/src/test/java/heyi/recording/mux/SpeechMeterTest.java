package heyi.recording.mux;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.recording.SpeechSpan;
import org.junit.jupiter.api.Test;

class SpeechMeterTest {
  private static final int PACKET_MILLIS = 20;
  private static final int LOUD = 25;
  private static final int QUIET = 90;

  private final SpeechMeter meter = new SpeechMeter();

  private void talk(long fromMillis, long toMillis, int level) {
    for (long at = fromMillis; at < toMillis; at += PACKET_MILLIS) {
      meter.frame(at, PACKET_MILLIS, level);
    }
  }

  @Test
  void wordsWithABreathBetweenAreOneSpan() {
    talk(0, 1000, QUIET);
    talk(1000, 2000, LOUD);
    talk(2000, 2500, QUIET);
    talk(2500, 3000, LOUD);
    talk(3000, 5000, QUIET);
    talk(5000, 6000, LOUD);

    assertThat(meter.finish())
        .containsExactly(new SpeechSpan(1000, 3000), new SpeechSpan(5000, 6000));
  }

  @Test
  void aClickIsNoSpeech() {
    talk(1000, 1000 + PACKET_MILLIS, LOUD);
    talk(4000, 4100, LOUD);

    assertThat(meter.finish()).containsExactly(new SpeechSpan(4000, 4100));
  }

  @Test
  void withoutLevelsNothingIsKnown() {
    talk(0, 1000, RtpPacket.NO_LEVEL);

    assertThat(meter.finish()).isEmpty();
  }

  @Test
  void moreSpansThanTheLedgerHoldsBecomeLongerOnes() {
    long at = 0;
    for (int i = 0; i < 3 * SpeechMeter.MAX_SPANS; i++) {
      talk(at, at + 100, LOUD);
      at += 1000 + i % 7 * 500;
    }

    assertThat(meter.finish()).hasSizeBetween(2, SpeechMeter.MAX_SPANS);
    assertThat(meter.finish().getFirst().fromMillis()).isZero();
  }
}
