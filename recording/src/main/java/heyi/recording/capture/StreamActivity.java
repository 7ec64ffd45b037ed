package heyi.recording.capture;

import org.jspecify.annotations.Nullable;

/**
 * What came of one stream. <b>Threads:</b> counted on receive threads, read on another; the lock is
 * held for a few instructions.
 */
final class StreamActivity {
  private static final int SEQUENCE_NUMBERS = 1 << 16;

  private final StallMeter stalls;
  private long packets;
  private long bytes;
  private long lastNanos = Long.MIN_VALUE;
  private int highestSequence = -1;
  private long expectedPackets;

  /**
   * Nothing came yet.
   *
   * @param rate ticks per second of its timestamps
   */
  StreamActivity(int rate) {
    this.stalls = new StallMeter(rate);
  }

  /**
   * A moment's counters.
   *
   * @param packets received
   * @param bytes received
   * @param lastNanos arrival of the last, {@link Long#MIN_VALUE} when none came
   * @param missing packets that were sent, as the sequence numbers show, and have not come
   */
  record Snapshot(long packets, long bytes, long lastNanos, long missing) {}

  synchronized void packet(byte[] buffer, int offset, int length, long arrivalNanos) {
    int sequence =
        (Byte.toUnsignedInt(buffer[offset + 2]) << 8) | Byte.toUnsignedInt(buffer[offset + 3]);
    int step = (sequence - highestSequence) & (SEQUENCE_NUMBERS - 1);
    if (highestSequence < 0) {
      expectedPackets = 1;
      highestSequence = sequence;
    } else if (step != 0 && step < SEQUENCE_NUMBERS / 2) {
      expectedPackets += step;
      highestSequence = sequence;
    }
    packets++;
    bytes += length;
    lastNanos = arrivalNanos;
    if (step < SEQUENCE_NUMBERS / 2) { // one that was overtaken says nothing new
      stalls.packet(timestamp(buffer, offset), arrivalNanos);
    }
  }

  private static int timestamp(byte[] buffer, int offset) {
    return (buffer[offset + 4] & 0xFF) << 24
        | (buffer[offset + 5] & 0xFF) << 16
        | (buffer[offset + 6] & 0xFF) << 8
        | (buffer[offset + 7] & 0xFF);
  }

  /** The stall that was found since the last call. */
  synchronized StallMeter.@Nullable Stall takeStall() {
    return stalls.take();
  }

  synchronized Snapshot snapshot() {
    return new Snapshot(packets, bytes, lastNanos, Math.max(0, expectedPackets - packets));
  }
}
