package heyi.media.endpoint;

import heyi.media.rtcp.RtcpTransportFeedback;
import heyi.media.rtp.RateMeter;
import java.util.Arrays;

/**
 * How much the way to the peer carries, learnt from the peer's transport-wide feedback: a queue
 * that builds up on the way, or losses, bring the estimate down to what really arrives; while
 * neither is seen it grows slowly, since nobody knows what a line carries that is not full.
 *
 * <pre>
 * queue for 200 ms above 100 ms      85 % of what arrives
 * more than 10 % lost in a second,
 *   and no queue                     half of the loss off
 * after either                       rest: 2 s, twice as long each time within a minute, at most 30 s
 * queue below 50 ms, after the rest  10 % a second more; beyond 20 Mbit/s there is no limit
 * </pre>
 *
 * <p><b>Threads:</b> guarded by its owner. <b>Bounds:</b> remembers the last {@value #REMEMBERED}
 * packets.
 *
 * <p><b>Source:</b> the division into delay and loss is that of <a
 * href="https://datatracker.ietf.org/doc/html/draft-ietf-rmcat-gcc-02">draft-ietf-rmcat-gcc-02</a>;
 * the delay is measured against its own minimum, as in RFC 6817 §3.
 */
final class SendBandwidth {
  /** Nothing has been in the way so far. */
  static final long UNLIMITED = Long.MAX_VALUE;

  /** Speech of one person with its headers: below this nothing can be saved. */
  static final long LEAST = 40_000;

  /** IPv4, UDP and the SRTP tag: they take room on the line as well. */
  static final int OVERHEAD_BYTES = 40;

  /** Seconds of eight senders; divides the sequence numbers' cycle. */
  static final int REMEMBERED = 4096;

  static final long REST_NANOS = 2_000_000_000L;
  private static final long LONGEST_REST_NANOS = 30_000_000_000L;
  private static final long SAME_TROUBLE_NANOS = 60_000_000_000L;

  /** Cuts that follow each other so closely have the same cause. */
  private static final long ONE_CUT_NANOS = 3_000_000_000L;

  private static final long MOST = 20_000_000;
  private static final long CALM_NANOS = 50_000_000;
  private static final long OVERUSE_NANOS = 100_000_000;
  private static final long OVERUSE_LASTS_NANOS = 200_000_000;

  /** A queue that sending less does not empty is none of ours, or the way became longer. */
  private static final long OTHERS_QUEUE_NANOS = 5_000_000_000L;

  /** Two clocks differ by fifty millionths: half a millisecond in this time. */
  private static final long BASE_DELAY_NANOS = 10_000_000_000L;

  private static final long RATE_NANOS = 500_000_000;
  private static final long LOSS_NANOS = 1_000_000_000;
  private static final int ENOUGH_PACKETS = 20;
  private static final double TOO_MUCH_LOSS = 0.1;
  private static final double CUT = 0.85;
  private static final double GROWTH_PER_SECOND = 0.1;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long TICK_NANOS = 250_000;
  private static final long REFERENCE_TICKS = 256;
  private static final int CYCLE = 1 << 16;
  private static final int ABSENT = -1;

  private final int[] numbers = new int[REMEMBERED];
  private final int[] sizes = new int[REMEMBERED];
  private final long[] sentNanos = new long[REMEMBERED];
  private final RateMeter arriving = new RateMeter(RATE_NANOS);

  private double estimate = Double.POSITIVE_INFINITY;
  private long lastReference;
  private boolean heardBefore;
  private long lastFeedbackNanos;

  private long leastDelay = Long.MAX_VALUE;
  private long leastDelayBefore = Long.MAX_VALUE;
  private long leastDelaySinceNanos;
  private boolean overused;
  private long overusedSinceNanos;
  private long overuseBeganNanos;
  private long queueNanos;

  private int lost;
  private int arrived;
  private long lossSinceNanos;

  private boolean wasCut;
  private long lastCutNanos;
  private long restNanos = REST_NANOS;

  SendBandwidth() {
    Arrays.fill(numbers, ABSENT);
  }

  /** Notes a packet with its transport-wide number. */
  void sent(int sequenceNumber, int bytes, long nowNanos) {
    final int at = slot(sequenceNumber);
    numbers[at] = sequenceNumber & CYCLE - 1;
    sizes[at] = bytes + OVERHEAD_BYTES;
    sentNanos[at] = nowNanos;
  }

  private static int slot(int sequenceNumber) {
    return sequenceNumber & REMEMBERED - 1;
  }

  /** What the way carries, headers included; {@link #UNLIMITED} while nothing was in the way. */
  long bitsPerSecond() {
    return Double.isInfinite(estimate) ? UNLIMITED : Math.round(estimate);
  }

  /** Takes what the peer says of the packets that it got. */
  void feedback(RtcpTransportFeedback feedback, long nowNanos) {
    long tick = reference(feedback.referenceTime()) * REFERENCE_TICKS;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < feedback.deltas().size(); i++) {
      final int delta = feedback.deltas().get(i);
      final int number = feedback.baseSequence() + i & CYCLE - 1;
      final int at = slot(number);
      final boolean known = numbers[at] == number;
      if (delta == RtcpTransportFeedback.LOST) {
        lost += known ? 1 : 0;
        continue;
      }
      tick += delta;
      if (known) {
        numbers[at] = ABSENT;
        arrived++;
        final long arrival = tick * TICK_NANOS;
        arriving.add(sizes[at], arrival);
        least = Math.min(least, arrival - sentNanos[at]);
      }
    }
    if (least != Long.MAX_VALUE) {
      noteDelay(least, nowNanos);
      judge(arriving.bitsPerSecond(tick * TICK_NANOS), nowNanos);
    }
  }

  /** The reference time has 24 bits and starts anywhere. */
  private long reference(int low) {
    final long extended =
        heardBefore ? lastReference + ((low - (int) lastReference) << 8 >> 8) : low;
    lastReference = extended;
    return extended;
  }

  private void noteDelay(long delay, long nowNanos) {
    if (!heardBefore) {
      heardBefore = true;
      lastFeedbackNanos = nowNanos;
      leastDelaySinceNanos = nowNanos;
      lossSinceNanos = nowNanos;
    }
    if (nowNanos - leastDelaySinceNanos > BASE_DELAY_NANOS) {
      leastDelayBefore = leastDelay;
      leastDelay = Long.MAX_VALUE;
      leastDelaySinceNanos = nowNanos;
    }
    leastDelay = Math.min(leastDelay, delay);
    final long before = queueNanos;
    queueNanos = delay - Math.min(leastDelay, leastDelayBefore);
    final boolean drains = queueNanos < before - CALM_NANOS / 2;
    if (queueNanos <= OVERUSE_NANOS || drains) {
      overused = false;
    } else if (!overused) {
      overused = true;
      overusedSinceNanos = nowNanos;
      overuseBeganNanos = nowNanos;
    } else if (nowNanos - overuseBeganNanos > OTHERS_QUEUE_NANOS) {
      leastDelay = delay;
      leastDelayBefore = delay;
      overused = false;
    }
  }

  private void judge(long arrivingBits, long nowNanos) {
    final double seconds = Math.min(1, (nowNanos - lastFeedbackNanos) / NANOS_PER_SECOND);
    lastFeedbackNanos = nowNanos;
    final double loss = lossIfKnown(nowNanos);
    if (overused && nowNanos - overusedSinceNanos >= OVERUSE_LASTS_NANOS) {
      cut(CUT * arrivingBits, nowNanos);
      overusedSinceNanos = nowNanos;
    } else if (loss > TOO_MUCH_LOSS && queueNanos <= OVERUSE_NANOS) {
      final double sending = arrivingBits / (1 - Math.min(loss, 0.9));
      cut(Math.min(estimate, sending) * (1 - loss / 2), nowNanos);
    } else if (wasCut && queueNanos < CALM_NANOS && nowNanos - lastCutNanos >= restNanos) {
      estimate *= 1 + GROWTH_PER_SECOND * seconds;
      if (estimate > MOST) {
        estimate = Double.POSITIVE_INFINITY;
        wasCut = false;
      }
    }
  }

  /** The share that was lost, once a second when enough was sent; else 0. */
  private double lossIfKnown(long nowNanos) {
    if (nowNanos - lossSinceNanos < LOSS_NANOS || lost + arrived < ENOUGH_PACKETS) {
      return 0;
    }
    final double loss = (double) lost / (lost + arrived);
    lost = 0;
    arrived = 0;
    lossSinceNanos = nowNanos;
    return loss;
  }

  private void cut(double bits, long nowNanos) {
    final long since = nowNanos - lastCutNanos;
    if (!wasCut || since > SAME_TROUBLE_NANOS) {
      restNanos = REST_NANOS;
    } else if (since > ONE_CUT_NANOS) {
      restNanos = Math.min(2 * restNanos, LONGEST_REST_NANOS);
    }
    wasCut = true;
    lastCutNanos = nowNanos;
    estimate = Math.max(LEAST, Math.min(estimate, bits));
  }
}
