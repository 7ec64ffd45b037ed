package heyi.recording.composite;

import java.util.function.IntConsumer;

/**
 * Adds up what the threads have done. Pictures are nine tenths of the work.
 *
 * <p><b>Threads:</b> any.
 */
final class WorkDone {
  private static final int ALL = 1000;
  private static final int SOUND_PART = 80;
  private static final int PICTURES_PART = 900;

  private final CompositePlan plan;
  private final IntConsumer permille;
  private long frames;
  private long soundMillis;
  private int told = -1;

  WorkDone(CompositePlan plan, IntConsumer permille) {
    this.plan = plan;
    this.permille = permille;
  }

  synchronized void frames(long more) {
    frames += more;
    tell();
  }

  synchronized void sound(long millis) {
    soundMillis = millis;
    tell();
  }

  synchronized void all() {
    told = ALL;
    permille.accept(ALL);
  }

  private void tell() {
    long length = plan.toMillis() - plan.fromMillis();
    int now = (int) (PICTURES_PART * frames / plan.frames() + SOUND_PART * soundMillis / length);
    if (now > told) {
      told = now;
      permille.accept(now);
    }
  }
}
