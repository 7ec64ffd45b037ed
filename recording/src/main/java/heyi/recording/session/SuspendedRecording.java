package heyi.recording.session;

import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.SessionClock;
import heyi.recording.ledger.LedgerEntry;
import java.time.Instant;
import java.util.List;

/**
 * A recording that broke off in mid-talk, because its server was killed or its disk refused, and
 * that may go on: its files are in order, its ledger is open.
 *
 * @param id its name
 * @param sessionId the session of the case
 * @param recordingClass who may open it
 * @param startedAt zero of the session clock in wall clock time
 * @param last what the clocks showed when something was last written
 * @param lastPacketMillis when the last packet came that is on the disk, on the session clock
 * @param tornBytes how many bytes of unfinished writing were cut off
 * @param cause of the gap, as the ledger will tell it
 * @param facts ledger entries other than those that name chunks, in their order
 */
public record SuspendedRecording(
    RecordingId id,
    String sessionId,
    RecordingClass recordingClass,
    Instant startedAt,
    SessionClock.Reading last,
    long lastPacketMillis,
    long tornBytes,
    String cause,
    List<LedgerEntry> facts) {
  /** The server died. */
  public static final String SERVER_RESTART = "server-restart";

  /** The disk refused, or the recorder failed otherwise, in a server that lives on. */
  public static final String RECORDER_FAILED = "recorder-failed";

  /** Copies the list. */
  public SuspendedRecording {
    facts = List.copyOf(facts);
  }
}
