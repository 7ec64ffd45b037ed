package heyi.media.pool;

import java.util.Locale;

/**
 * Whether a bridge has carried media since it was last silent. A Jitsi Videobridge that has just
 * started loads and compiles its media path in its first conferences, and people wait for that.
 */
public enum BridgeWarmth {
  /** Just started, as far as anybody knows: rooms go there only when no bridge is warm. */
  COLD,
  /** Carries a warm-up now; for rooms as good as cold. */
  WARMING,
  /** Has carried media. */
  WARM;

  /** The word used towards operators. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
