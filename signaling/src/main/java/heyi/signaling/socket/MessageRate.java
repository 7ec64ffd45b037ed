package heyi.signaling.socket;

import java.time.Instant;

/** Counts the messages of one socket, second by second. */
final class MessageRate {
  private final int perSecond;
  private long second;
  private int count;

  MessageRate(int perSecond) {
    this.perSecond = perSecond;
  }

  /** Whether one more message is within the rate. */
  boolean allows(Instant now) {
    if (now.getEpochSecond() != second) {
      second = now.getEpochSecond();
      count = 0;
    }
    count++;
    return count <= perSecond;
  }
}
