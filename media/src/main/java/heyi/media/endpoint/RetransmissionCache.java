package heyi.media.endpoint;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last packets of one sent stream, to answer NACKs. Slots are used again and again: a copy of
 * each packet that lives for seconds would keep the collector busy.
 *
 * <p><b>Threads:</b> guarded by its owner. <b>Bounds:</b> {@value #SIZE} packets, four seconds of 1
 * Mbit/s, longer than any receiver asks.
 */
final class RetransmissionCache {
  static final int SIZE = 512;

  /** A second NACK within a round trip asks for what is already on the way. */
  static final long MIN_INTERVAL_NANOS = 10_000_000;

  private static final class Slot {
    private int sequenceNumber;
    private byte[] packet = new byte[0];
    private int length;
    private boolean resent;
    private long resentNanos;

    void keep(int number, byte[] bytes, int size) {
      if (packet.length < size) {
        packet = Arrays.copyOf(bytes, size);
      } else {
        System.arraycopy(bytes, 0, packet, 0, size);
      }
      sequenceNumber = number;
      length = size;
      resent = false;
    }
  }

  private final @Nullable Slot[] slots = new @Nullable Slot[SIZE];

  void put(int sequenceNumber, byte[] packet, int length) {
    Slot slot = slots[sequenceNumber % SIZE];
    if (slot == null) {
      slot = new Slot();
      slots[sequenceNumber % SIZE] = slot;
    }
    slot.keep(sequenceNumber, packet, length);
  }

  /** A copy of the packet to send again; null when it is not kept any more or was sent just now. */
  byte @Nullable [] take(int sequenceNumber, long nowNanos) {
    final Slot slot = slots[sequenceNumber % SIZE];
    if (slot == null || slot.sequenceNumber != sequenceNumber) {
      return null;
    }
    if (slot.resent && nowNanos - slot.resentNanos < MIN_INTERVAL_NANOS) {
      return null;
    }
    slot.resent = true;
    slot.resentNanos = nowNanos;
    return Arrays.copyOf(slot.packet, slot.length);
  }
}
