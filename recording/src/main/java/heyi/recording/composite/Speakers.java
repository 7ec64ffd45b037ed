package heyi.recording.composite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who is shown large, from how loud everybody is. Pure.
 *
 * <p>Somebody becomes the speaker when over the last second he was clearly louder than the speaker
 * before him; since the whole session is known, he is shown from half a second before that.
 */
final class Speakers {
  /** Length of one measurement. */
  static final int WINDOW_MILLIS = 100;

  /** Breath and keyboards are below. */
  private static final double SILENCE = Math.pow(10, -45 / 10.0);

  /** Six decibels: more than the echo of another in one's own microphone. */
  private static final double CLEARLY = 4;

  private static final int AVERAGED_WINDOWS = 10;
  private static final int LEAD_WINDOWS = 5;

  /** A picture that jumps more often makes people sick. */
  private static final int MIN_TURN_WINDOWS = 20;

  private Speakers() {}

  /**
   * From a time on somebody is the speaker.
   *
   * @param fromMillis on the session clock
   * @param person his number in the plan
   */
  record Turn(long fromMillis, int person) {}

  /**
   * All turns, the first from the start.
   *
   * @param power mean square of the samples, by person and window
   * @param fromMillis of the first window
   */
  static List<Turn> turns(double[][] power, long fromMillis) {
    List<Turn> turns = new ArrayList<>();
    turns.add(new Turn(fromMillis, firstHeard(power)));
    double[] sums = new double[power.length];
    int windows = Arrays.stream(power).mapToInt(one -> one.length).min().orElse(0);
    int turnFrom = 0;
    for (int w = 0; w < windows; w++) {
      for (int p = 0; p < power.length; p++) {
        sums[p] += power[p][w] - (w >= AVERAGED_WINDOWS ? power[p][w - AVERAGED_WINDOWS] : 0);
      }
      int speaker = turns.getLast().person();
      int loudest = loudest(sums);
      boolean heard = sums[loudest] > SILENCE * AVERAGED_WINDOWS;
      boolean clear = sums[loudest] > CLEARLY * sums[speaker];
      if (loudest != speaker && heard && clear && w - turnFrom >= MIN_TURN_WINDOWS) {
        turnFrom = w;
        long at = fromMillis + (long) (w - LEAD_WINDOWS) * WINDOW_MILLIS;
        turns.add(new Turn(at, loudest));
      }
    }
    return turns;
  }

  private static int firstHeard(double[][] power) {
    int windows = Arrays.stream(power).mapToInt(one -> one.length).min().orElse(0);
    for (int w = 0; w < windows; w++) {
      for (int p = 0; p < power.length; p++) {
        if (power[p][w] > SILENCE) {
          return p;
        }
      }
    }
    return 0;
  }

  private static int loudest(double[] sums) {
    int loudest = 0;
    for (int p = 1; p < sums.length; p++) {
      if (sums[p] > sums[loudest]) {
        loudest = p;
      }
    }
    return loudest;
  }

  /** The speaker at a time. */
  static int at(List<Turn> turns, long millis) {
    int speaker = turns.getFirst().person();
    for (Turn turn : turns) {
      if (turn.fromMillis() <= millis) {
        speaker = turn.person();
      }
    }
    return speaker;
  }
}
