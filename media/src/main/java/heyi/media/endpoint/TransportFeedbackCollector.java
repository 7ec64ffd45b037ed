package heyi.media.endpoint;

import heyi.media.Ssrc;
import heyi.media.rtcp.RtcpTransportFeedback;
import heyi.media.rtp.SequenceWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Collects when packets arrived and makes the transport-wide feedback of it, by which a browser
 * raises its bitrate.
 *
 * <p>Only packets that were really processed may be noted: a sender forgets what was acknowledged
 * and can not repeat it any more.
 *
 * <p><b>Threads:</b> guarded by its owner. <b>Bounds:</b> {@value #MAX_PENDING} packets wait, the
 * oldest goes first.
 */
final class TransportFeedbackCollector {
  static final int MAX_PENDING = 4096;

  /** Keeps a report below 1000 bytes. */
  static final int MAX_PACKETS_PER_REPORT = 400;

  /** A larger hole means that the sender jumped. */
  private static final int MAX_HOLE = 300;

  private static final long TICK_NANOS = 250_000;
  private static final long REFERENCE_TICKS = 256;

  private final SequenceWindow window = new SequenceWindow();
  private final TreeMap<Long, Long> arrivals = new TreeMap<>();
  private final long epochNanos;
  private long next = -1;
  private int feedbackCount;

  TransportFeedbackCollector(long epochNanos) {
    this.epochNanos = epochNanos;
  }

  void arrived(int sequenceNumber, long nowNanos) {
    final long extended = window.extend(sequenceNumber);
    if (window.add(extended)) {
      if (arrivals.size() == MAX_PENDING) {
        arrivals.pollFirstEntry();
      }
      arrivals.put(extended, (nowNanos - epochNanos) / TICK_NANOS);
    }
  }

  /** Reports on all that came since the last call. */
  List<RtcpTransportFeedback> take(Ssrc sender, Ssrc media) {
    final List<RtcpTransportFeedback> reports = new ArrayList<>();
    while (!arrivals.isEmpty()) {
      reports.add(report(sender, media));
    }
    return reports;
  }

  private RtcpTransportFeedback report(Ssrc sender, Ssrc media) {
    final long first = arrivals.firstKey();
    final boolean late = next >= 0 && first < next;
    final boolean follows = next >= 0 && !late && first - next <= MAX_HOLE;
    final long base = follows ? next : first;
    final long end = Math.min(arrivals.lastKey(), base + MAX_PACKETS_PER_REPORT - 1);
    final long reference = arrivals.firstEntry().getValue() / REFERENCE_TICKS;
    long previous = reference * REFERENCE_TICKS;
    final List<Integer> deltas = new ArrayList<>();
    for (long n = base; n <= end; n++) {
      final Long tick = arrivals.get(n);
      if (tick == null) {
        if (late) {
          break;
        }
        deltas.add(RtcpTransportFeedback.LOST);
        continue;
      }
      final long delta = tick - previous;
      if (delta != (short) delta) {
        break;
      }
      deltas.add((int) delta);
      previous = tick;
      arrivals.remove(n);
    }
    next = Math.max(next, base + deltas.size());
    return new RtcpTransportFeedback(
        sender,
        media,
        (int) (base & 0xFFFF),
        (int) (reference << 8) >> 8,
        feedbackCount++ & 0xFF,
        deltas);
  }
}
