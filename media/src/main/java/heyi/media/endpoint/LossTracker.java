package heyi.media.endpoint;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers the missing packets of one stream and says when to ask for them.
 *
 * <p>Repetitions travel on the line on which packets were just lost. On a line that is full they
 * push out new packets, and what asks for them again too soon fills it for good. Therefore a packet
 * is asked for again only when the answer to the last ask is overdue, as answers to others took,
 * and asks are at most a quarter of what arrives.
 *
 * <p><b>Threads:</b> guarded by its owner. <b>Bounds:</b> {@value #MAX_MISSING} packets; a larger
 * hole is given up at once, because a keyframe is cheaper than that many repetitions.
 */
final class LossTracker {
  static final int MAX_MISSING = 256;
  static final int MAX_ASKS = 10;

  /** Packets that only changed places on the way come within this. */
  static final long FIRST_ASK_AFTER_NANOS = 10_000_000;

  /** Above the round trip of most networks; measured in the prototype to recover 98 %. */
  static final long ASK_AGAIN_AFTER_NANOS = 80_000_000;

  /** Later than this nobody waits for the packet any more. */
  static final long GIVE_UP_AFTER_NANOS = 1_500_000_000;

  /** A round trip through a full queue. */
  static final long LONGEST_REPAIR_NANOS = 600_000_000;

  /** A burst of so many losses is asked for at once. */
  static final double MOST_CREDIT = 32;

  static final double CREDIT_PER_PACKET = 0.25;
  private static final double FOLLOW = 0.125;
  private static final double OVERDUE = 1.25;

  private static final class Missing {
    private final long sinceNanos;
    private long askAtNanos;
    private long firstAskNanos;
    private int asks;

    Missing(long sinceNanos) {
      this.sinceNanos = sinceNanos;
      askAtNanos = sinceNanos + FIRST_ASK_AFTER_NANOS;
    }
  }

  private final Map<Long, Missing> missing = new TreeMap<>();
  private boolean givenUp;
  private double credit = MOST_CREDIT;
  private double repairNanos;

  /**
   * Notes a hole.
   *
   * @param first extended sequence number of the first missing packet
   * @param last of the last one
   */
  void missed(long first, long last, long nowNanos) {
    if (last - first + 1 + missing.size() > MAX_MISSING) {
      missing.clear();
      givenUp = true;
      return;
    }
    for (long n = first; n <= last; n++) {
      missing.put(n, new Missing(nowNanos));
    }
  }

  /** Notes that a packet of the stream came for the first time. */
  void received() {
    credit = Math.min(MOST_CREDIT, credit + CREDIT_PER_PACKET);
  }

  /** Notes a late packet; whether it had been missing. */
  boolean arrived(long extended, long nowNanos) {
    final Missing packet = missing.remove(extended);
    if (packet == null) {
      return false;
    }
    if (packet.asks > 0) {
      final long took = Math.min(nowNanos - packet.firstAskNanos, LONGEST_REPAIR_NANOS);
      repairNanos = repairNanos == 0 ? took : repairNanos + FOLLOW * (took - repairNanos);
    }
    return true;
  }

  private long askAgainAfterNanos() {
    return Math.max(ASK_AGAIN_AFTER_NANOS, Math.round(OVERDUE * repairNanos));
  }

  /** Sequence numbers to ask for now, in order. */
  List<Integer> due(long nowNanos) {
    if (missing.isEmpty()) {
      return List.of();
    }
    final List<Integer> due = new ArrayList<>();
    for (final Iterator<Map.Entry<Long, Missing>> all = missing.entrySet().iterator();
        all.hasNext(); ) {
      final Map.Entry<Long, Missing> entry = all.next();
      final Missing packet = entry.getValue();
      if (nowNanos - packet.askAtNanos < 0) {
        continue;
      }
      if (packet.asks == MAX_ASKS || nowNanos - packet.sinceNanos > GIVE_UP_AFTER_NANOS) {
        all.remove();
        givenUp = true;
        continue;
      }
      if (credit < 1) {
        continue;
      }
      credit--;
      if (packet.asks++ == 0) {
        packet.firstAskNanos = nowNanos;
      }
      packet.askAtNanos = nowNanos + askAgainAfterNanos();
      due.add((int) (entry.getKey() & 0xFFFF));
    }
    return due;
  }

  /** Whether something was given up since the last call: then only a keyframe helps. */
  boolean takeGivenUp() {
    final boolean was = givenUp;
    givenUp = false;
    return was;
  }
}
