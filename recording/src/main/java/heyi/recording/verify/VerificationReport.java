package heyi.recording.verify;

import java.util.List;

/**
 * What checking an evidence package gave.
 *
 * @param recordingId the recording, empty when it could not be read
 * @param rootHash the Merkle root as recomputed, empty when it could not be
 * @param objectsChecked how many entries were hashed
 * @param bytesChecked how many bytes were hashed
 * @param proven what is proven; empty when there are findings
 * @param notProven what nobody may conclude from it
 * @param disclosed gaps and interruptions that the record itself names
 * @param findings what is wrong; empty means the package is intact
 */
public record VerificationReport(
    String recordingId,
    String rootHash,
    int objectsChecked,
    long bytesChecked,
    List<Sentence> proven,
    List<Sentence> notProven,
    List<Sentence> disclosed,
    List<Finding> findings) {
  /** Copies the lists. */
  public VerificationReport {
    proven = List.copyOf(proven);
    notProven = List.copyOf(notProven);
    disclosed = List.copyOf(disclosed);
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean intact() {
    return findings.isEmpty();
  }
}
