package heyi.recording.mux;

import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts the packets of one stream back into the order in which they were sent.
 *
 * <p>A packet is held until the one before it has come, or until {@value #HOLD_MILLIS} ms of
 * arrival time have passed: longer than any retransmission that the recorder waits for.
 * <b>Bounds:</b> {@value #MAX_HELD} packets; <b>overflow rule:</b> the oldest go on.
 */
final class Reordering {
  private static final int MAX_HELD = 2048;
  private static final int HOLD_MILLIS = 2000;
  private static final long HOLD_NANOS = HOLD_MILLIS * 1_000_000L;

  private final Unwrapper sequenceNumbers = new Unwrapper(16);
  private final TreeMap<Long, Held> held = new TreeMap<>();
  private final Consumer<Ordered> next;
  private long expected = -1;

  private record Held(RtpPacket packet, long arrivalNanos) {}

  /**
   * A packet in its place.
   *
   * @param sequence unwrapped
   * @param afterLoss whether packets before it never came
   * @param arrivalNanos on the session clock
   */
  record Ordered(RtpPacket packet, long sequence, boolean afterLoss, long arrivalNanos) {}

  Reordering(Consumer<Ordered> next) {
    this.next = next;
  }

  /**
   * Takes a packet in the order of arrival; duplicates and those that come too late are dropped.
   */
  void add(RtpPacket packet, long arrivalNanos) {
    long sequence = sequenceNumbers.unwrap(packet.sequenceNumber());
    if (expected >= 0 && sequence < expected) {
      return;
    }
    held.putIfAbsent(sequence, new Held(packet, arrivalNanos));
    release(arrivalNanos);
  }

  /** Lets everything go that is still held. */
  void flush() {
    while (!held.isEmpty()) {
      releaseFirst();
    }
  }

  private void release(long nowNanos) {
    while (!held.isEmpty()) {
      boolean inOrder = expected < 0 || held.firstKey() == expected;
      boolean waitedLongEnough =
          nowNanos - held.firstEntry().getValue().arrivalNanos() > HOLD_NANOS;
      if (!inOrder && !waitedLongEnough && held.size() <= MAX_HELD) {
        return;
      }
      releaseFirst();
    }
  }

  private void releaseFirst() {
    long sequence = held.firstKey();
    Held first = held.pollFirstEntry().getValue();
    boolean afterLoss = expected >= 0 && sequence != expected;
    expected = sequence + 1;
    next.accept(new Ordered(first.packet(), sequence, afterLoss, first.arrivalNanos()));
  }
}
