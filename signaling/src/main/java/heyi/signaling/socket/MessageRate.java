package heyi.signaling.socket;

import java.time.Instant;

/** Counts the messages of one socket, second by second. */
final class MessageRate {
  /** So many times the rate is no hasty person any more but a broken or hostile program. */
  private static final int FLOOD = 4;

  private final int perSecond;
  private long second;
  private int count;

  MessageRate(int perSecond) {
    this.perSecond = perSecond;
  }

  /** What to do with a message. */
  enum Verdict {
    /** Within the rate. */
    TAKE,
    /** Over it: refuse. */
    REFUSE,
    /** Far over it: close. */
    CLOSE
  }

  /** Counts one more message. */
  Verdict count(Instant now) {
    if (now.getEpochSecond() != second) {
      second = now.getEpochSecond();
      count = 0;
    }
    count++;
    if (count <= perSecond) {
      return Verdict.TAKE;
    }
    return count <= perSecond * FLOOD ? Verdict.REFUSE : Verdict.CLOSE;
  }
}
