package heyi.media.pool;

import java.util.Locale;

/** What the pool thinks of a bridge. */
public enum BridgeStanding {
  /** Never answered a check. */
  UNKNOWN,
  /** Answers; takes rooms unless it drains. */
  HEALTHY,
  /** Failed a check or a room lately: no rooms until it answers a check. */
  SUSPECT,
  /** Failed too often: no rooms until it has answered several checks in a row. */
  OUT;

  /** The word used towards operators. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
