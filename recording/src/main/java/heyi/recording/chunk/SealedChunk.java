package heyi.recording.chunk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.Sha256;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEvent;

/**
 * A closed chunk: its bytes never change again.
 *
 * @param number 0, 1, 2 …
 * @param sizeBytes of the file
 * @param sha256 of the file
 * @param previous hash of the chunk before, {@link Sha256#NONE} for the first
 * @param fromMillis when it was opened, on the session clock
 * @param toMillis when it was closed
 */
public record SealedChunk(
    int number, long sizeBytes, Sha256 sha256, Sha256 previous, long fromMillis, long toMillis) {
  /** Type of the ledger entry that names a chunk. */
  public static final String EVENT_TYPE = "chunk-sealed";

  /** File name in the spool, the store and the package. */
  public String name() {
    return Spool.chunkName(number);
  }

  /** As JSON, for the ledger and the manifest. */
  public ObjectNode toJson() {
    ObjectNode json = CanonicalJson.object();
    json.put("number", number);
    json.put("sizeBytes", sizeBytes);
    json.put("sha256", sha256.hex());
    json.put("previous", previous.hex());
    json.put("fromMillis", fromMillis);
    json.put("toMillis", toMillis);
    return json;
  }

  /**
   * From JSON.
   *
   * @throws IllegalArgumentException when a value is missing or wrong
   */
  public static SealedChunk ofJson(ObjectNode json) {
    return new SealedChunk(
        json.path("number").asInt(-1),
        json.path("sizeBytes").asLong(-1),
        new Sha256(json.path("sha256").asText()),
        new Sha256(json.path("previous").asText()),
        json.path("fromMillis").asLong(),
        json.path("toMillis").asLong());
  }

  /** The ledger entry that names it. */
  public LedgerEvent toEvent() {
    return new LedgerEvent(EVENT_TYPE, toJson());
  }
}
