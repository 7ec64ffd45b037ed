package heyi.signaling.quality;

import java.util.Locale;

/** The three bars, best first. */
public enum QualityLevel {
  /** Nobody notices anything. */
  GOOD,
  /** Words arrive, pictures now and then do not. */
  FAIR,
  /** Words get lost. */
  POOR;

  /** As it stands in messages. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  QualityLevel orWorse(QualityLevel other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
