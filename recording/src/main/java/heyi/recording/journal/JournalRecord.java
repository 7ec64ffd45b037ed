package heyi.recording.journal;

import java.nio.ByteBuffer;

/**
 * One record as it is read back.
 *
 * @param kind what the payload is
 * @param sessionNanos arrival on the session clock
 * @param wallMicros arrival on the wall clock, microseconds since 1970
 * @param payload read-only view of the packet, position 0 to limit; valid as long as the reader
 */
public record JournalRecord(
    RecordKind kind, long sessionNanos, long wallMicros, ByteBuffer payload) {
  /** The payload as an array of its own. */
  public byte[] payloadBytes() {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return bytes;
  }
}
