package heyi.recording.journal;

import java.nio.ByteBuffer;

/**
 * Takes packets from receive threads without making them wait for the disk.
 *
 * <p>Two buffers take turns: receive threads copy into one while the other is being written.
 * <b>Bounds:</b> both have the capacity given; <b>overflow rule:</b> a packet that does not fit is
 * dropped and counted, and the count with first and last time comes with the next {@link #take()},
 * so that the journal itself discloses the gap.
 *
 * <p><b>Threads:</b> {@link #offer} from any; {@link #take} and {@link Taken#release()} from one.
 * The lock is held only while one packet is copied or the buffers are swapped.
 */
public final class JournalBuffer {
  private final Object lock = new Object();
  private ByteBuffer filling;
  private ByteBuffer spare;
  private long droppedRecords;
  private long droppedBytes;
  private long firstDroppedNanos;
  private long lastDroppedNanos;
  private boolean closed;

  /**
   * Makes both buffers.
   *
   * @param capacityBytes of each
   */
  public JournalBuffer(int capacityBytes) {
    filling = ByteBuffer.allocate(capacityBytes);
    spare = ByteBuffer.allocate(capacityBytes);
  }

  /**
   * Copies one packet into the journal's queue.
   *
   * @return whether it will be on disk; false when it is dropped (counted) or the buffer is closed
   */
  public boolean offer(
      RecordKind kind, long sessionNanos, long wallMicros, byte[] packet, int offset, int length) {
    synchronized (lock) {
      if (closed) {
        return false;
      }
      boolean fits = filling.remaining() >= RecordFormat.RECORD_HEADER_BYTES + length;
      if (!fits || length > RecordFormat.MAX_PAYLOAD_BYTES) {
        drop(sessionNanos, length);
        return false;
      }
      RecordFormat.put(filling, kind, sessionNanos, wallMicros, packet, offset, length);
      return true;
    }
  }

  /** Takes no more packets; what is in it can still be taken. */
  public void close() {
    synchronized (lock) {
      closed = true;
    }
  }

  /** Everything that came since the last call. Release it when it is written. */
  public Taken take() {
    synchronized (lock) {
      ByteBuffer full = filling;
      filling = spare;
      Taken taken =
          new Taken(
              full.flip(),
              new Dropped(droppedRecords, droppedBytes, firstDroppedNanos, lastDroppedNanos));
      droppedRecords = 0;
      droppedBytes = 0;
      return taken;
    }
  }

  private void drop(long sessionNanos, int length) {
    if (droppedRecords == 0) {
      firstDroppedNanos = sessionNanos;
    }
    lastDroppedNanos = sessionNanos;
    droppedRecords++;
    droppedBytes += length;
  }

  /**
   * Packets that did not fit.
   *
   * @param records how many
   * @param bytes their payload
   * @param firstNanos arrival of the first on the session clock
   * @param lastNanos arrival of the last
   */
  public record Dropped(long records, long bytes, long firstNanos, long lastNanos) {}

  /** Records in file form, ready to be appended. */
  public final class Taken {
    private final ByteBuffer records;
    private final Dropped dropped;

    private Taken(ByteBuffer records, Dropped dropped) {
      this.records = records;
      this.dropped = dropped;
    }

    /** The bytes to append, from position to limit. */
    public ByteBuffer records() {
      return records;
    }

    /** What is missing from it. */
    public Dropped dropped() {
      return dropped;
    }

    /** Gives the buffer back to be filled again. */
    public void release() {
      synchronized (lock) {
        records.clear();
        spare = records;
      }
    }
  }
}
