package heyi.recording.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.Sha256;
import java.time.Duration;
import java.time.Instant;

/**
 * One line of the ledger.
 *
 * @param sequence 0, 1, 2 …
 * @param at wall clock time
 * @param offset on the session clock, from the start of the recording
 * @param type what happened
 * @param payload the facts
 * @param previous hash of the line before, {@link Sha256#NONE} for the first
 * @param hash of this line's canonical bytes
 */
public record LedgerEntry(
    long sequence,
    Instant at,
    Duration offset,
    String type,
    ObjectNode payload,
    Sha256 previous,
    Sha256 hash) {
  /** Copies the payload. */
  public LedgerEntry {
    payload = payload.deepCopy();
  }
}
