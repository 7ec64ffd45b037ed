package heyi.media.bridge;

/**
 * Which layers of one video go to one receiver on a narrow line, from what fits at this moment: a
 * layer more only when there is some room, and neither stopped for a moment's burst nor begun again
 * soon after, since that takes a keyframe, the largest burst of all.
 *
 * <p><b>Threads:</b> guarded by its owner.
 */
final class LayerChoice {
  /** A keyframe is over by then; so long the pictures wait for each other. */
  static final long STOP_AFTER_NANOS = 1_000_000_000;

  static final long RETURN_AFTER_NANOS = 5_000_000_000L;

  private int top = LayerGate.ALL;
  private boolean tooMuch;
  private long tooMuchSinceNanos;
  private long stoppedNanos;

  /**
   * What would fit; the highest layer each, {@link LayerGate#STOPPED} for none.
   *
   * @param now while what waits is sent too
   * @param later once nothing waits any more
   * @param well with some room left
   */
  record Fit(int now, int later, int well) {}

  /** The highest layer to send from now on, {@link LayerGate#STOPPED} for none. */
  int next(Fit fit, long nowNanos) {
    if (fit.later() != LayerGate.STOPPED) {
      tooMuch = false;
    } else if (!tooMuch) {
      tooMuch = true;
      tooMuchSinceNanos = nowNanos;
    }
    final boolean stop = tooMuch && nowNanos - tooMuchSinceNanos >= STOP_AFTER_NANOS;
    final int least = stop ? LayerGate.STOPPED : 0;
    final int chosen = Math.max(Math.min(top, Math.max(least, fit.now())), fit.well());
    if (top == LayerGate.STOPPED) {
      top = nowNanos - stoppedNanos < RETURN_AFTER_NANOS ? LayerGate.STOPPED : chosen;
    } else {
      top = chosen;
      stoppedNanos = nowNanos;
    }
    return top;
  }
}
