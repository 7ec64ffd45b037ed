package heyi.media.endpoint;

import heyi.media.rtcp.RtcpTransportFeedback;
import heyi.media.rtp.RateMeter;
import java.util.Arrays;

/**
 * How much the way to the peer carries, learnt from the peer's transport-wide feedback. A queue on
 * the way is ours where more is sent than was ever carried without one; else the line became
 * narrower, which lasts, or a machine on the way is slow for a moment, which must not cost a
 * picture.
 *
 * <pre>
 * queue below 40 ms for a second     what arrives was carried
 * more is sent than was carried, and a queue above 100 ms for 200 ms, or, once a limit is
 *   known, above 50 ms that grows    85 % of what arrives, 90 % of what was carried at least
 * no more is sent, and a queue above
 *   40 ms for a second               85 % of what arrives; that is what is carried now
 * more than 10 % lost in a second,
 *   and no queue                     half of the loss off
 * no queue for a second              50 % a second more, up to 90 % of what was carried; beyond it
 *                                    a trial of 10 % a second, once the line has rested: 3 s after
 *                                    trouble, twice as long each time that a trial fails, at most
 *                                    20 s; beyond 20 Mbit/s no limit
 * </pre>
 *
 * <p>While there is a queue less is sent than the estimate, in step with its length: a trial fills
 * a queue by no more than its excess, and the queue is gone a second later. A queue that a cut does
 * not shorten though all arrives, or that is gone faster than a line can send it, is none of ours:
 * what was before the cuts holds again.
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
  private static final long NARROWER_NANOS = 1_000_000_000;
  private static final double MORE = 1.05;
  private static final long STANDING_NANOS = 600_000_000;
  private static final long OVERUSE_NANOS = 100_000_000;
  private static final long OVERUSE_LASTS_NANOS = 200_000_000;

  /** A queue of so much halves what is sent. */
  private static final double HALVING_NANOS = 300_000_000;

  /** Of what is sent; a line that is full takes less. */
  private static final double ALL = 0.9;

  /** Of a line's queue goes, in a second, what the line carries beyond what is sent. */
  private static final double NEARLY = 0.7;

  private static final double VANISHES = 0.8;

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
  private final RateMeter sending = new RateMeter(RATE_NANOS);
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
  private double carried;
  private double carriedBefore;
  private double beforeQueue;
  private long longestNanos;
  private long waitedNanos;
  private long waitedSentNanos;
  private boolean forgave;
  private long forgaveNanos;
  private boolean suspect;
  private boolean cutInVain;
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
    sending.add(sizes[at], nowNanos);
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
      if (vanished && suspect && !forgivenLately(nowNanos)) {
        forgive(nowNanos);
      } else if (queueNanos <= CALM_NANOS) {
        suspect = false;
        cutInVain = false;
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
    longestNanos = Math.max(longestNanos, waited);
    if (waited >= Math.max(GROWING_QUEUE_NANOS, NEARLY * longestNanos)) {
      waitedNanos = waited;
      waitedSentNanos = sent;
    }
    if (waited > CALM_NANOS / 2) {
      return false;
    }
    final boolean vanishes =
        waitedNanos > 0 && waitedNanos - waited >= VANISHES * (sent - waitedSentNanos);
    waitedNanos = 0;
    longestNanos = 0;
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
      suspect = false;
      cutInVain = false;
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
    suspect = false;
    cutInVain = false;
    estimate = beforeQueue;
    carried = carriedBefore;
    wasCut = !Double.isInfinite(estimate);
  }

  private void judge(long arrivingBits, long nowNanos) {
    final double seconds = Math.min(1, (nowNanos - lastFeedbackNanos) / NANOS_PER_SECOND);
    lastFeedbackNanos = nowNanos;
    final double loss = lossIfKnown(nowNanos);
    final long sendingBits = sending.bitsPerSecond(nowNanos);
    final boolean more = sendingBits > MORE * carried;
    final boolean full = full(more, nowNanos);
    if (full && more) {
      remember();
      cut(Math.max(CUT * arrivingBits, CARRIED * carried), nowNanos);
    } else if (full) {
      narrower(arrivingBits, arrivingBits >= ALL * sendingBits && lost == 0, nowNanos);
    } else if (loss > TOO_MUCH_LOSS && queueNanos <= OVERUSE_NANOS) {
      final double went = Math.min(estimate, arrivingBits / (1 - Math.min(loss, 0.9)));
      carried = Math.min(carried, went);
      cut(went * (1 - loss / 2), nowNanos);
    } else if (nowNanos - lastQueuedNanos >= CALM_LASTS_NANOS) {
      carried = Math.max(carried, arrivingBits);
      grow(seconds, nowNanos);
    }
  }

  private void narrower(long arrivingBits, boolean everythingArrives, long nowNanos) {
    if (cutInVain && everythingArrives) {
      takeAsWay(nowNanos);
      return;
    }
    remember();
    cutInVain = true;
    carried = arrivingBits;
    cut(CUT * arrivingBits, nowNanos);
  }

  /** What holds again when the queue turns out to be none of ours. */
  private void remember() {
    if (!suspect) {
      suspect = true;
      beforeQueue = estimate;
      carriedBefore = carried;
    }
  }

  /**
   * Whether the queue is ours. Where more is sent than was ever carried it is; else the line must
   * have become narrower, which lasts, or a machine is slow for a moment.
   */
  private boolean full(boolean more, long nowNanos) {
    if (wasCut && nowNanos - lastCutNanos < CUT_WORKS_NANOS) {
      return false;
    }
    final long queuedFor = nowNanos - lastCalmNanos;
    if (!more) {
      return queuedFor >= NARROWER_NANOS && !trend.falls();
    }
    final boolean lasts = overused && nowNanos - overusedSinceNanos >= OVERUSE_LASTS_NANOS;
    final boolean stands = queuedFor >= STANDING_NANOS && !trend.falls();
    return lasts || wasCut && queueNanos > GROWING_QUEUE_NANOS && (stands || trend.rises());
  }

  private void grow(double seconds, long nowNanos) {
    if (estimate < CARRIED * carried) {
      estimate = Math.min(CARRIED * carried, estimate * (1 + RETURN_PER_SECOND * seconds));
    } else if (wasCut && nowNanos - lastCutNanos >= restNanos) {
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
