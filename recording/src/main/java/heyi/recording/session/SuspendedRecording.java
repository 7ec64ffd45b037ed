package heyi.recording.session;

import heyi.recording.RecordingId;
import heyi.recording.ledger.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A recording that a killed server left in mid-talk and that may go on: its files are in order, its
 * ledger is open.
 *
 * @param id its name
 * @param sessionId the session of the case
 * @param startedAt zero of the session clock in wall clock time
 * @param lastPacketMillis when the last packet came that is on the disk, on the session clock
 * @param tornBytes how many bytes of unfinished writing were cut off
 * @param facts ledger entries other than those that name chunks, in their order
 */
public record SuspendedRecording(
    RecordingId id,
    String sessionId,
    Instant startedAt,
    long lastPacketMillis,
    long tornBytes,
    List<LedgerEntry> facts) {
  /** Copies the list. */
  public SuspendedRecording {
    facts = List.copyOf(facts);
  }

  /** What the session clock showed when something was last written. */
  Duration lastOffset() {
    Duration entry = facts.isEmpty() ? Duration.ZERO : facts.getLast().offset();
    Duration packet = Duration.ofMillis(lastPacketMillis);
    return entry.compareTo(packet) > 0 ? entry : packet;
  }
}
