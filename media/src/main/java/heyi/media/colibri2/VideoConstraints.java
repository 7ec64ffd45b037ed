package heyi.media.colibri2;

import heyi.media.SourceName;
import java.util.Map;

/**
 * How large a receiver wants to have the videos of others. A bridge without layers to choose from
 * forwards a video as it is, unless its height is 0: then not at all.
 *
 * @param defaultMaxHeight lines of the picture, for sources that are not named
 * @param maxHeights lines by source; at most {@value #MAX_SOURCES}
 */
public record VideoConstraints(int defaultMaxHeight, Map<SourceName, Integer> maxHeights) {
  /** More sources than the largest room has. */
  public static final int MAX_SOURCES = 64;

  /** The largest height that means anything. */
  public static final int BEST_HEIGHT = 2160;

  /** Everything as good as it comes: what a recorder wants. */
  public static final VideoConstraints BEST = new VideoConstraints(BEST_HEIGHT, Map.of());

  /** For a page that says nothing: its tiles are at most this high. */
  public static final VideoConstraints USUAL = new VideoConstraints(720, Map.of());

  /** Checks the ranges and copies the map. */
  public VideoConstraints {
    maxHeights = Map.copyOf(maxHeights);
    if (maxHeights.size() > MAX_SOURCES) {
      throw new IllegalArgumentException(
          "at most " + MAX_SOURCES + " sources but got " + maxHeights.size());
    }
    requireHeight(defaultMaxHeight);
    maxHeights.values().forEach(VideoConstraints::requireHeight);
  }

  private static void requireHeight(int height) {
    if (height < 0 || height > BEST_HEIGHT) {
      throw new IllegalArgumentException(
          "height must be 0 to " + BEST_HEIGHT + " but is " + height);
    }
  }

  /** How high a source may be. */
  public int maxHeight(SourceName source) {
    return maxHeights.getOrDefault(source, defaultMaxHeight);
  }
}
