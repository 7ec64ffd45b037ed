package heyi.recording.capture;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.recording.RecordedSource;
import heyi.recording.media.SyntheticTalker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Silence and keyframes on a clock that the test sets. */
final class SourceWatchTest {
  private static final long SECOND = 1_000_000_000L;

  private final SourceWatch watch = new SourceWatch();
  private final RecordedSource sound;
  private final RecordedSource picture;

  SourceWatchTest() throws IOException {
    SyntheticTalker talker = new SyntheticTalker("party-1", 1, 1, 1);
    sound = talker.source(MediaKind.AUDIO);
    picture = talker.source(MediaKind.VIDEO);
  }

  @Test
  void aSourceIsSilentMoreThanThreeSecondsAfterItsLastPacket() {
    watch.add(sound, 0);
    packet(sound, 1, SECOND);

    assertThat(silentAt(4 * SECOND)).isEmpty();
    assertThat(silentAt(4 * SECOND + 1)).containsExactly(sound.source().name());
    packet(sound, 2, 5 * SECOND);
    assertThat(silentAt(6 * SECOND)).isEmpty();
  }

  @Test
  void aMutedSourceIsNeverSilentAndHasThreeSecondsAfterwards() {
    watch.add(sound, 0);
    watch.muted(sound.source().name(), true, SECOND);

    assertThat(silentAt(60 * SECOND)).isEmpty();
    watch.muted(sound.source().name(), false, 60 * SECOND);
    assertThat(silentAt(63 * SECOND)).isEmpty();
    assertThat(silentAt(63 * SECOND + 1)).hasSize(1);
  }

  @Test
  void afterAReconnectionSilenceCountsAnew() {
    watch.add(sound, 0);
    watch.startOver(20 * SECOND);

    assertThat(silentAt(23 * SECOND)).isEmpty();
    assertThat(silentAt(23 * SECOND + 1)).hasSize(1);
  }

  @Test
  void packetsOfUnknownAndOfRemovedSourcesCountForNobody() {
    watch.add(sound, 0);
    packet(picture, 1, SECOND);
    assertThat(watch.heard(SECOND).getFirst().packets()).isZero();

    assertThat(watch.remove(sound.source().name())).isTrue();
    assertThat(watch.remove(sound.source().name())).isFalse();
    packet(sound, 1, SECOND);
    watch.add(sound, 2 * SECOND);

    assertThat(watch.heard(2 * SECOND).getFirst().packets()).isZero();
  }

  @Test
  void missingPacketsAreThoseThatSequenceNumbersShowAndLateOnesFill() {
    watch.add(picture, 0);
    for (int sequence : List.of(65_534, 65_535, 2, 3)) {
      packet(picture, sequence, SECOND);
    }
    assertThat(watch.heard(SECOND).getFirst().missing()).isEqualTo(2);

    packet(picture, 0, SECOND);
    assertThat(watch.heard(SECOND).getFirst().missing()).isEqualTo(1);
  }

  @Test
  void keyframesAreAskedOfPicturesThatSend() {
    watch.add(sound, 0);
    watch.add(picture, 0);
    assertThat(watch.keyframesDue(SECOND)).isEmpty();
    packet(sound, 1, SECOND);
    packet(picture, 1, SECOND);

    assertThat(watch.keyframesDue(SECOND)).containsExactly(ssrc(picture));
    assertThat(watch.keyframesDue(2 * SECOND)).isEmpty();
  }

  @Test
  void sourcesThatBeginTogetherAreAskedAtDifferentTimesLater() throws IOException {
    Map<Ssrc, Long> second = new HashMap<>();
    for (int i = 1; i <= 4; i++) {
      RecordedSource one = new SyntheticTalker("party-" + i, 1, 1, i).source(MediaKind.VIDEO);
      watch.add(one, 0);
      packet(one, 1, SECOND);
    }
    assertThat(watch.keyframesDue(SECOND)).hasSize(4);

    for (long now = SECOND; now <= 11 * SECOND; now += SECOND / 10) {
      for (Ssrc due : watch.keyframesDue(now)) {
        assertThat(second.put(due, now)).as("asked twice in ten seconds").isNull();
      }
    }

    List<Long> times = second.values().stream().sorted().toList();
    assertThat(times).hasSize(4);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(SECOND / 2);
    }
  }

  private List<SourceName> silentAt(long nanos) {
    return watch.heard(nanos).stream()
        .filter(SourceWatch.Heard::silent)
        .map(SourceWatch.Heard::source)
        .toList();
  }

  private static Ssrc ssrc(RecordedSource source) {
    return source.source().primary();
  }

  private void packet(RecordedSource source, int sequence, long nanos) {
    byte[] packet =
        ByteBuffer.allocate(20)
            .put((byte) 0x80)
            .put((byte) 111)
            .putShort((short) sequence)
            .putInt(0)
            .putInt(ssrc(source).bits())
            .array();
    watch.packet(packet, 0, packet.length, nanos);
  }
}
