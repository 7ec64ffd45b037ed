package heyi.media.bridge;

import heyi.media.Ssrc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides what a line carries among videos: first every video in fewest frames, in the order given,
 * then a layer more of each. A video whose base layer does not fit is stopped.
 */
final class LayerPlan {
  private LayerPlan() {}

  /**
   * A video that a receiver wants.
   *
   * @param ssrc its stream
   * @param layerBits bits per second of each layer, the base first
   */
  record Video(Ssrc ssrc, List<Long> layerBits) {}

  /**
   * Divides.
   *
   * @param bits per second that there are for video
   * @param videos the most important first
   * @return the highest layer of each, {@link LayerGate#STOPPED} for none
   */
  static Map<Ssrc, Integer> divide(long bits, List<Video> videos) {
    final Map<Ssrc, Integer> tops = new HashMap<>();
    videos.forEach(video -> tops.put(video.ssrc(), LayerGate.STOPPED));
    long left = bits;
    for (int layer = 0; layer <= LayerGate.ALL; layer++) {
      for (final Video video : videos) {
        final long needs = video.layerBits().get(layer);
        if (tops.getOrDefault(video.ssrc(), LayerGate.STOPPED) == layer - 1 && needs <= left) {
          tops.put(video.ssrc(), layer);
          left -= needs;
        }
      }
    }
    return tops;
  }
}
