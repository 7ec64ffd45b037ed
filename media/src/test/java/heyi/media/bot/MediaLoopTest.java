package heyi.media.bot;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.rtp.Vp8Payload;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaLoopTest {
  private final MediaLoop loop = MediaLoop.load();

  @Test
  void itHoldsTenSecondsOfBoth() {
    assertThat(loop.frames()).hasSize(150);
    assertThat(loop.packets()).hasSize(500);
  }

  @Test
  void everySecondBeginsWithAKeyframeAndKeyframesComeThreeTimesASecond() {
    for (int i = 0; i < 150; i++) {
      boolean keyframe = (loop.frame(i)[0] & 1) == 0;

      assertThat(keyframe).as("frame %d", i).isEqualTo(i % 5 == 0);
    }
  }

  @Test
  void theLoopGoesRound() {
    assertThat(loop.frame(150)).isSameAs(loop.frame(0));
    assertThat(loop.packet(1_000_000_500L)).isSameAs(loop.packet(0));
  }

  @Test
  void aFrameIsCutIntoPayloadsOfWhichOnlyTheFirstBeginsIt() {
    Vp8Packetizer packetizer = new Vp8Packetizer(0x7FFF);

    List<byte[]> keyframe = packetizer.payloads(loop.frame(5));
    List<byte[]> next = packetizer.payloads(loop.frame(6));

    assertThat(keyframe).hasSizeGreaterThan(2);
    assertThat(Vp8Payload.beginsKeyframe(keyframe.getFirst(), 0, keyframe.getFirst().length))
        .isTrue();
    assertThat(Vp8Payload.beginsFrame(keyframe.get(1), 0, keyframe.get(1).length)).isFalse();
    assertThat(pictureId(keyframe.getLast())).isEqualTo(0x7FFF);
    assertThat(pictureId(next.getFirst())).isZero();
    assertThat(keyframe.stream().mapToInt(each -> each.length - 4).sum())
        .isEqualTo(loop.frame(5).length);
  }

  private static int pictureId(byte[] payload) {
    return (payload[2] & 0x7F) << 8 | payload[3] & 0xFF;
  }
}
