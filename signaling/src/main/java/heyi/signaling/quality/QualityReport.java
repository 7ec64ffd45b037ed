package heyi.signaling.quality;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything that a page measured, every few seconds. At most {@value #MAX_SOURCES} sources. */
public record QualityReport(List<SourceQuality> sources) {
  /** Eight seats with camera and microphone, seen by one of them. */
  public static final int MAX_SOURCES = 16;

  /** Copies the sources. */
  public QualityReport {
    sources = List.copyOf(sources);
    if (sources.size() > MAX_SOURCES) {
      throw new IllegalArgumentException(
          "a report has at most " + MAX_SOURCES + " sources, not " + sources.size());
    }
  }

  /**
   * The bars: the worst path decides. Freezes do not count, since a picture freezes here when its
   * sender's network is bad.
   *
   * @param limits from where on it is fair or poor
   */
  public QualityLevel level(QualityLimits limits) {
    return sources.stream()
        .map(source -> limits.level(source.path()))
        .reduce(QualityLevel.GOOD, QualityLevel::orWorse);
  }

  /** The longest way, there and back; null when none is known. */
  public @Nullable Integer rttMillis() {
    return sources.stream()
        .map(source -> source.path().rttMillis())
        .filter(Objects::nonNull)
        .max(Integer::compare)
        .orElse(null);
  }

  /** The highest loss; null when none is known. */
  public @Nullable Integer lossPermille() {
    return sources.stream()
        .map(source -> source.path().lossPermille())
        .filter(Objects::nonNull)
        .max(Integer::compare)
        .orElse(null);
  }
}
