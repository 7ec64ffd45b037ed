package heyi.media.endpoint;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last packets of one sent stream, to answer NACKs.
 *
 * <p><b>Threads:</b> guarded by its owner. <b>Bounds:</b> {@value #SIZE} packets.
 */
final class RetransmissionCache {
  static final int SIZE = 1024;

  /** A second NACK within a round trip asks for what is already on the way. */
  static final long MIN_INTERVAL_NANOS = 10_000_000;

  private static final class Entry {
    private final int sequenceNumber;
    private final byte[] packet;
    private boolean resent;
    private long resentNanos;

    Entry(int sequenceNumber, byte[] packet) {
      this.sequenceNumber = sequenceNumber;
      this.packet = packet;
    }
  }

  private final @Nullable Entry[] entries = new @Nullable Entry[SIZE];

  void put(int sequenceNumber, byte[] packet, int length) {
    entries[sequenceNumber % SIZE] = new Entry(sequenceNumber, Arrays.copyOf(packet, length));
  }

  /** The packet to send again; null when it is not kept any more or was sent just now. */
  byte @Nullable [] take(int sequenceNumber, long nowNanos) {
    final Entry entry = entries[sequenceNumber % SIZE];
    if (entry == null || entry.sequenceNumber != sequenceNumber) {
      return null;
    }
    if (entry.resent && nowNanos - entry.resentNanos < MIN_INTERVAL_NANOS) {
      return null;
    }
    entry.resent = true;
    entry.resentNanos = nowNanos;
    return entry.packet;
  }
}
