package heyi.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.media.Ssrc;
import heyi.media.bridge.LayerPlan.Video;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerPlanTest {
  private static final Ssrc SPEAKER = new Ssrc(1);
  private static final Ssrc OTHER = new Ssrc(2);
  private static final Ssrc PLAIN = new Ssrc(3);

  private static Map<Ssrc, Integer> divide(long bits) {
    return LayerPlan.divide(
        bits,
        List.of(
            new Video(SPEAKER, List.of(100L, 50L, 80L, 0L)),
            new Video(OTHER, List.of(100L, 50L, 80L, 0L))));
  }

  @Test
  void whereEverythingFitsEverybodyGetsEverything() {
    assertThat(divide(460)).isEqualTo(Map.of(SPEAKER, LayerGate.ALL, OTHER, LayerGate.ALL));
  }

  @Test
  void theSpeakerKeepsHisFramesLongest() {
    assertThat(divide(459)).isEqualTo(Map.of(SPEAKER, LayerGate.ALL, OTHER, 1));
    assertThat(divide(260)).isEqualTo(Map.of(SPEAKER, 1, OTHER, 0));
  }

  @Test
  void allAreSeenBeforeOneIsSeenBetter() {
    assertThat(divide(200)).isEqualTo(Map.of(SPEAKER, 0, OTHER, 0));
  }

  @Test
  void whatDoesNotFitIsStoppedTheSpeakerLast() {
    assertThat(divide(199)).isEqualTo(Map.of(SPEAKER, 1, OTHER, LayerGate.STOPPED));
    assertThat(divide(99)).isEqualTo(Map.of(SPEAKER, LayerGate.STOPPED, OTHER, LayerGate.STOPPED));
    assertThat(divide(-5)).isEqualTo(Map.of(SPEAKER, LayerGate.STOPPED, OTHER, LayerGate.STOPPED));
  }

  @Test
  void aVideoWithoutLayersIsWholeOrStopped() {
    List<Video> plain = List.of(new Video(PLAIN, List.of(300L, 0L, 0L, 0L)));

    assertThat(LayerPlan.divide(300, plain)).isEqualTo(Map.of(PLAIN, LayerGate.ALL));
    assertThat(LayerPlan.divide(299, plain)).isEqualTo(Map.of(PLAIN, LayerGate.STOPPED));
  }
}
