package heyi.recording.session;

import heyi.recording.chunk.SpoolRoom;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How recordings are made.
 *
 * @param spool directory for journals until they are sealed; survives restarts
 * @param chunkLength after this time a chunk is closed, hashed and sent away; the most that a crash
 *     can lose
 * @param journalBufferBytes packets waiting for the disk; beyond it they are dropped and disclosed
 *     as a gap
 * @param connectTimeout how long joining the conference may take
 * @param uploadTimeout how long closing waits for the object store
 * @param workerDeadline how long the muxing process may take for one recording
 * @param workerMemoryMegabytes heap of the muxing process
 * @param room how much the spool may hold
 */
public record RecordingOptions(
    Path spool,
    Duration chunkLength,
    int journalBufferBytes,
    Duration connectTimeout,
    Duration uploadTimeout,
    Duration workerDeadline,
    int workerMemoryMegabytes,
    SpoolRoom room) {
  /**
   * Two megabytes hold over a second of ten full video streams: more than any healthy disk needs to
   * answer.
   */
  private static final int DEFAULT_JOURNAL_BUFFER_BYTES = 2 * 1024 * 1024;

  private static final int DEFAULT_WORKER_MEMORY_MEGABYTES = 256;

  /** Sixty hours of four people; a gigabyte is what a full chunk queue and PostgreSQL need. */
  private static final SpoolRoom DEFAULT_ROOM = new SpoolRoom(100L << 30, 1L << 30);

  /** The defaults. */
  public static RecordingOptions in(Path spool) {
    return new RecordingOptions(
        spool,
        Duration.ofSeconds(2),
        DEFAULT_JOURNAL_BUFFER_BYTES,
        Duration.ofSeconds(10),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        DEFAULT_WORKER_MEMORY_MEGABYTES,
        DEFAULT_ROOM);
  }
}
