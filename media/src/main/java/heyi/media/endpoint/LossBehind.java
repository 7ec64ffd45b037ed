package heyi.media.endpoint;

/**
 * The worst loss that those reported lately to whom a stream goes on.
 *
 * <p><b>Threads:</b> guarded by its owner. <b>Bounds:</b> two numbers.
 */
final class LossBehind {
  /** Browsers report sound every five seconds at the latest (RFC 3550 §6.2). */
  static final long LASTS_NANOS = 6_000_000_000L;

  /**
   * Opus protects as well as it can from here on; more would only frighten bandwidth estimators.
   */
  static final int MOST = 256 / 10;

  private int worst;
  private long worstNanos;

  void report(int fraction, long nowNanos) {
    final int bounded = Math.min(fraction, MOST);
    if (bounded >= worst(nowNanos)) {
      worst = bounded;
      worstNanos = nowNanos;
    }
  }

  /** In 1/256. */
  int worst(long nowNanos) {
    return nowNanos - worstNanos > LASTS_NANOS ? 0 : worst;
  }
}
