package heyi.recording.session;

import heyi.recording.RecordingId;
import heyi.recording.packaging.EvidencePackage;
import heyi.recording.packaging.PackageDocument;
import heyi.recording.store.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * Starts recordings, finishes those that a killed server left, and packs sealed ones.
 *
 * <p><b>Threads:</b> any; nothing blocks the caller.
 */
public final class RecordingService {
  private RecordingService() {}

  /**
   * Makes the service; nothing is read or written yet.
   *
   * @param vertx for timers and contexts
   * @param options directories and limits
   * @param store where evidence goes
   * @param clock wall clock
   */
  public static RecordingService create(
      Vertx vertx, RecordingOptions options, ObjectStore store, InstantSource clock) {
    throw new IllegalStateException("not built yet: " + vertx + options + store + clock);
  }

  /**
   * Joins a conference as the invisible endpoint {@code heyi-recorder} and starts to record.
   *
   * @return the recording once media can flow; fails with {@link RecordingException} when the
   *     bridge declines or does not answer in time, then nothing is left behind
   */
  public Future<Recording> start(RecordingRequest request) {
    throw new IllegalStateException("not built yet: " + request);
  }

  /**
   * Seals what a killed server left in the spool: torn tails are cut, the gap is named in the
   * ledger. Call it once at start, before the first recording.
   *
   * @return the recordings that were sealed; one that cannot be sealed now stays and is tried at
   *     the next start
   */
  public Future<List<SealedRecording>> recoverUnfinished() {
    throw new IllegalStateException("not built yet");
  }

  /**
   * Writes the evidence package of a sealed recording: a ZIP that a stranger checks offline.
   *
   * @param id a sealed recording
   * @param documents what the case adds, for instance the signed agreement
   * @param target a file that is made or replaced
   */
  public Future<EvidencePackage> writePackage(
      RecordingId id, List<PackageDocument> documents, Path target) {
    throw new IllegalStateException("not built yet: " + id + documents + target);
  }

  /** Reads a sealed recording back from the object store. */
  public Future<SealedRecording> sealed(RecordingId id) {
    throw new IllegalStateException("not built yet: " + id);
  }

  /**
   * Closes and seals every running recording; for a graceful stop.
   *
   * @return when all are sealed or have failed
   */
  public Future<Void> close() {
    throw new IllegalStateException("not built yet");
  }
}
