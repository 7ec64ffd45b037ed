package heyi.recording.session;

import heyi.recording.RecordingId;
import java.util.List;

/**
 * What the object store gives back of a sealed recording, against what its manifest and ledger say.
 *
 * @param id of the recording
 * @param rootHash that its ledger gives; empty when it cannot be read
 * @param objects how many were read
 * @param bytes how many they have together
 * @param differences empty when everything is there and as it was
 */
public record StoreReport(
    RecordingId id, String rootHash, int objects, long bytes, List<Difference> differences) {
  /** Copies the list. */
  public StoreReport {
    differences = List.copyOf(differences);
  }

  /**
   * Something that is not as it should be.
   *
   * @param object its key, or the source that it is about
   * @param message what is wrong with it
   */
  public record Difference(String object, String message) {}
}
