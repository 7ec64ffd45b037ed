package heyi.recording.session;

import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.Sha256;
import heyi.recording.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A closed recording, complete in the object store.
 *
 * @param id its name
 * @param sessionId the session of the case
 * @param recordingClass who may open it
 * @param rootHash Merkle root over the ledger, the closing digest that everyone in the room sees
 * @param start wall clock time of zero on the session clock
 * @param duration of the recording
 * @param tracks what can be played
 * @param manifestKey where the manifest is stored
 * @param manifestSha256 hash of the manifest
 * @param interrupted whether the server died meanwhile; the ledger names the gap
 */
public record SealedRecording(
    RecordingId id,
    String sessionId,
    RecordingClass recordingClass,
    Sha256 rootHash,
    Instant start,
    Duration duration,
    List<Track> tracks,
    ObjectKey manifestKey,
    Sha256 manifestSha256,
    boolean interrupted) {
  /** Copies the list. */
  public SealedRecording {
    tracks = List.copyOf(tracks);
  }
}
