package heyi.media.endpoint;

import heyi.media.rtcp.RtcpTransportFeedback;
import heyi.media.rtp.RateMeter;
import java.util.Arrays;

/**
 * How much the way to the peer carries, learnt from the peer's transport-wide feedback: a queue
 * that builds up on the way, or losses, bring the estimate down to what really arrives; while
 * neither is seen it grows, since nobody knows what a line carries that is not full.
 *
 * <pre>
 * a queue above 100 ms for 200 ms; once a limit
 *   is known above 50 ms, growing or lasting full: what arrives now is the ceiling, 85 % of it
 * more than 10 % lost in a second, no queue  half of the loss off
 * queue below 40 ms for a second, below
 *   90 % of the ceiling                      50 % a second more: that was carried before
 * the same, above that                       10 % a second more, once the line has rested: 3 s after
 *                                            trouble, twice as long each time that a trial fails, at
 *                                            most 20 s
 * beyond 20 Mbit/s                           no limit
 * </pre>
 *
 * <p>While there is a queue less is sent than the estimate, in step with its length: a trial fills
 * a queue by no more than its excess, and the queue is gone a second later. A queue that three cuts
 * do not shorten, or that is gone faster than a line can send it, is none of ours but of a machine
 * that has too much to do: what was before the cuts holds again.
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

  static final long REST_NANOS = 3_000_000_000L;
  private static final long LONGEST_REST_NANOS = 20_000_000_000L;

  /** Trouble after so long is a new one. */
  private static final long SAME_TROUBLE_NANOS = 60_000_000_000L;

  /** What was sent before a cut arrives for so long after it. */
  private static final long CUT_WORKS_NANOS = 400_000_000;

  private static final long MOST = 20_000_000;
  private static final long CALM_NANOS = 40_000_000;
  private static final long CALM_LASTS_NANOS = 1_000_000_000;
  private static final long GROWING_QUEUE_NANOS = 50_000_000;
  private static final long STANDING_NANOS = 600_000_000;
  private static final long OVERUSE_NANOS = 100_000_000;
  private static final long OVERUSE_LASTS_NANOS = 200_000_000;

  /** A queue of so much halves what is sent. */
  private static final double HALVING_NANOS = 300_000_000;

  /** A queue that so many cuts do not shorten is none of ours. */
  private static final int MOST_CUTS = 3;

  /** Of a line's queue goes, in a second, what the line carries beyond what is sent. */
  private static final double VANISHES = 0.9;

  /** A queue that comes back so soon is ours after all. */
  private static final long FORGIVES_NANOS = 3_000_000_000L;

  /** Two clocks differ by fifty millionths: half a millisecond in this time. */
  private static final long BASE_DELAY_NANOS = 10_000_000_000L;

  private static final long RATE_NANOS = 500_000_000;
  private static final long LOSS_NANOS = 1_000_000_000;
  private static final int ENOUGH_PACKETS = 20;
  private static final double TOO_MUCH_LOSS = 0.1;
  private static final double CUT = 0.85;
  private static final double TRIAL_PER_SECOND = 0.1;
  private static final double RETURN_PER_SECOND = 0.5;
  private static final double CARRIED = 0.9;
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
  private long queueNanos;
  private final QueueTrend trend = new QueueTrend();

  private int lost;
  private int arrived;
  private long lossSinceNanos;

  private boolean wasCut;
  private long lastCutNanos;
  private long lastCalmNanos;
  private long lastQueuedNanos;
  private double ceiling;
  private double ceilingBefore;
  private double beforeQueue;
  private long waitedNanos;
  private long waitedSentNanos;
  private boolean forgave;
  private long forgaveNanos;
  private int cutsInVain;
  private boolean trial;
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

  /** The same while no queue has to be emptied; less while there is one. */
  long pacedBitsPerSecond() {
    if (Double.isInfinite(estimate)) {
      return UNLIMITED;
    }
    final double excess = Math.clamp((queueNanos - CALM_NANOS) / HALVING_NANOS, 0, 1);
    return Math.max(LEAST, Math.round(estimate * (1 - excess / 2)));
  }

  /** Takes what the peer says of the packets that it got. */
  void feedback(RtcpTransportFeedback feedback, long nowNanos) {
    long tick = reference(feedback.referenceTime()) * REFERENCE_TICKS;
    long least = Long.MAX_VALUE;
    boolean vanished = false;
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
        vanished |= vanishes(arrival - sentNanos[at], sentNanos[at]);
      }
    }
    if (least != Long.MAX_VALUE) {
      noteDelay(least, nowNanos);
      if (vanished && cutsInVain > 0 && !forgivenLately(nowNanos)) {
        forgive(nowNanos);
      }
      judge(arriving.bitsPerSecond(tick * TICK_NANOS), nowNanos);
    }
  }

  /**
   * Whether a queue that was there for an earlier packet was gone faster than a line empties it.
   */
  private boolean vanishes(long delay, long sent) {
    if (leastDelay == Long.MAX_VALUE && leastDelayBefore == Long.MAX_VALUE) {
      return false;
    }
    final long waited = delay - Math.min(leastDelay, leastDelayBefore);
    if (waited >= CALM_NANOS + GROWING_QUEUE_NANOS) {
      waitedNanos = waited;
      waitedSentNanos = sent;
      return false;
    }
    if (waited > CALM_NANOS || waitedNanos == 0) {
      return false;
    }
    final boolean vanishes = waitedNanos - waited >= VANISHES * (sent - waitedSentNanos);
    waitedNanos = 0;
    return vanishes;
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
      lastCalmNanos = nowNanos;
      lastQueuedNanos = nowNanos;
      lossSinceNanos = nowNanos;
    }
    if (nowNanos - leastDelaySinceNanos > BASE_DELAY_NANOS) {
      leastDelayBefore = leastDelay;
      leastDelay = Long.MAX_VALUE;
      leastDelaySinceNanos = nowNanos;
    }
    leastDelay = Math.min(leastDelay, delay);
    queueNanos = delay - Math.min(leastDelay, leastDelayBefore);
    trend.add(queueNanos, nowNanos);
    if (queueNanos > CALM_NANOS) {
      lastQueuedNanos = nowNanos;
    } else {
      lastCalmNanos = nowNanos;
    }
    if (queueNanos <= OVERUSE_NANOS || trend.falls()) {
      overused = false;
    } else if (!overused) {
      overused = true;
      overusedSinceNanos = nowNanos;
    }
  }

  /** Sending less did not help: the way is longer now, or a machine on it is slow. */
  private void takeAsWay(long nowNanos) {
    leastDelay = queueNanos + Math.min(leastDelay, leastDelayBefore);
    leastDelayBefore = leastDelay;
    queueNanos = 0;
    lastCalmNanos = nowNanos;
    overused = false;
    if (forgivenLately(nowNanos)) {
      cutsInVain = 0;
    } else {
      forgive(nowNanos);
    }
  }

  private boolean forgivenLately(long nowNanos) {
    return forgave && nowNanos - forgaveNanos < FORGIVES_NANOS;
  }

  /** The queue was none of ours. */
  private void forgive(long nowNanos) {
    forgave = true;
    forgaveNanos = nowNanos;
    cutsInVain = 0;
    estimate = beforeQueue;
    ceiling = ceilingBefore;
    wasCut = !Double.isInfinite(estimate);
  }

  private void judge(long arrivingBits, long nowNanos) {
    final double seconds = Math.min(1, (nowNanos - lastFeedbackNanos) / NANOS_PER_SECOND);
    lastFeedbackNanos = nowNanos;
    final double loss = lossIfKnown(nowNanos);
    if (full(nowNanos)) {
      full(arrivingBits, nowNanos);
    } else if (loss > TOO_MUCH_LOSS && queueNanos <= OVERUSE_NANOS) {
      final double sending = Math.min(estimate, arrivingBits / (1 - Math.min(loss, 0.9)));
      ceiling = sending;
      cut(sending * (1 - loss / 2), nowNanos);
    } else if (wasCut && nowNanos - lastQueuedNanos >= CALM_LASTS_NANOS) {
      grow(seconds, nowNanos);
    }
  }

  private void full(long arrivingBits, long nowNanos) {
    if (cutsInVain == MOST_CUTS && !trend.rises()) {
      takeAsWay(nowNanos);
      return;
    }
    if (lastCalmNanos - lastCutNanos > 0) {
      cutsInVain = 0;
    }
    if (cutsInVain == 0) {
      beforeQueue = estimate;
      ceilingBefore = ceiling;
    }
    cutsInVain = Math.min(cutsInVain + 1, MOST_CUTS);
    ceiling = arrivingBits;
    cut(CUT * arrivingBits, nowNanos);
  }

  private boolean full(long nowNanos) {
    if (wasCut && nowNanos - lastCutNanos < CUT_WORKS_NANOS) {
      return false;
    }
    final boolean lasts = overused && nowNanos - overusedSinceNanos >= OVERUSE_LASTS_NANOS;
    final boolean stands = nowNanos - lastCalmNanos >= STANDING_NANOS && !trend.falls();
    return lasts || wasCut && queueNanos > GROWING_QUEUE_NANOS && (stands || trend.rises());
  }

  private void grow(double seconds, long nowNanos) {
    if (estimate < CARRIED * ceiling) {
      estimate = Math.min(CARRIED * ceiling, estimate * (1 + RETURN_PER_SECOND * seconds));
    } else if (nowNanos - lastCutNanos >= restNanos) {
      trial = true;
      estimate *= 1 + TRIAL_PER_SECOND * seconds;
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
    if (!wasCut || nowNanos - lastCutNanos > SAME_TROUBLE_NANOS) {
      restNanos = REST_NANOS;
    } else if (trial) {
      restNanos = Math.min(2 * restNanos, LONGEST_REST_NANOS);
    }
    trial = false;
    wasCut = true;
    lastCutNanos = nowNanos;
    estimate = Math.max(LEAST, Math.min(estimate, bits));
  }
}
