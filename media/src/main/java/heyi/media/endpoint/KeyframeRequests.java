package heyi.media.endpoint;

/**
 * Decides when a PLI goes out for one stream: at most one in 300 ms however many receivers ask,
 * fewer when they go on asking, and again after a second while no keyframe came, for PLIs get lost
 * too.
 *
 * <p><b>Threads:</b> guarded by its owner.
 */
final class KeyframeRequests {
  /** A keyframe takes an encoder and a network about this long; asking faster only costs bits. */
  static final long MIN_INTERVAL_NANOS = 300_000_000;

  /** Requests that follow each other within this are one trouble, which keyframes only feed. */
  static final long TROUBLE_NANOS = 4_000_000_000L;

  static final long MAX_INTERVAL_NANOS = 1_200_000_000;

  static final long REPEAT_AFTER_NANOS = 1_000_000_000;

  /** A sender that ignores so many has its camera off. */
  static final int MAX_REPEATS = 10;

  private boolean wanted;
  private boolean sentBefore;
  private boolean awaited;
  private long lastNanos;
  private int repeats;
  private long intervalNanos = MIN_INTERVAL_NANOS;

  void want() {
    wanted = true;
    repeats = 0;
  }

  void keyframeArrived() {
    wanted = false;
    awaited = false;
  }

  /** Whether to send a PLI now. */
  boolean due(long nowNanos) {
    final long since = nowNanos - lastNanos;
    if (wanted && (!sentBefore || since >= intervalNanos)) {
      final boolean again = sentBefore && since < TROUBLE_NANOS;
      intervalNanos = again ? Math.min(2 * intervalNanos, MAX_INTERVAL_NANOS) : MIN_INTERVAL_NANOS;
      sent(nowNanos);
      return true;
    }
    if (awaited && since >= REPEAT_AFTER_NANOS && repeats < MAX_REPEATS) {
      repeats++;
      sent(nowNanos);
      return true;
    }
    return false;
  }

  private void sent(long nowNanos) {
    wanted = false;
    sentBefore = true;
    awaited = true;
    lastNanos = nowNanos;
  }
}
