package heyi.recording.disposal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ObjectKey;
import heyi.recording.RecordingId;
import heyi.recording.Sha256;
import heyi.recording.Signatory;
import heyi.recording.Sm3;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import heyi.recording.retention.DisposalOrder;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What stands in the place of a recording that was disposed of: 销毁证明. Says what it was by its
 * hashes, how much there was, until when it had to be kept, who ordered its end, why and when.
 *
 * @param recording its name
 * @param sessionId the session of the case
 * @param manifest hash of its manifest, which stays
 * @param rootHash Merkle root over its ledger, as everybody in the room saw it
 * @param rootSm3 the same with SM3
 * @param removed how much was removed
 * @param retainUntil the first moment at which it need not be kept any more
 * @param order of the two
 * @param disposedAt when everything was gone
 */
public record Tombstone(
    RecordingId recording,
    String sessionId,
    Sha256 manifest,
    Sha256 rootHash,
    Sm3 rootSm3,
    Removed removed,
    Instant retainUntil,
    DisposalOrder order,
    Instant disposedAt) {
  private static final String FORMAT = "heyi-tombstone-1";

  /**
   * How much was removed.
   *
   * @param chunks of the journal
   * @param tracks playable files
   * @param films made of them
   * @param bytes of chunks, tracks and ledger together, as they were before encryption
   */
  public record Removed(int chunks, int tracks, int films, long bytes) {}

  /** The one spelling of it. */
  public byte[] write() {
    return CanonicalJson.write(toJson());
  }

  ObjectNode toJson() {
    ObjectNode json = CanonicalJson.object();
    json.put("format", FORMAT);
    json.put("recordingId", recording.value());
    json.put("sessionId", sessionId);
    json.put("object", order.root().value());
    json.put("manifestSha256", manifest.hex());
    json.put("rootHash", rootHash.hex());
    json.put("rootSm3", rootSm3.hex());
    json.putObject("removed")
        .put("chunks", removed.chunks())
        .put("tracks", removed.tracks())
        .put("films", removed.films())
        .put("bytes", removed.bytes());
    json.put("retainUntil", retainUntil.toString());
    json.put("reason", order.reason());
    json.set("requested", json(order.requested()));
    json.set("approved", json(order.approved()));
    json.put("disposedAt", disposedAt.toString());
    return json;
  }

  private static ObjectNode json(Signatory signatory) {
    return CanonicalJson.object()
        .put("userId", signatory.userId())
        .put("role", signatory.role())
        .put("at", signatory.at().toString());
  }

  /**
   * Reads one.
   *
   * @throws LedgerDamage when it is none
   */
  static Tombstone ofJson(JsonNode json) throws LedgerDamage {
    if (!json.path("format").asText().equals(FORMAT)) {
      throw new LedgerDamage("not a tombstone of the format " + FORMAT);
    }
    try {
      JsonNode removed = json.path("removed");
      return new Tombstone(
          new RecordingId(json.path("recordingId").asText()),
          json.path("sessionId").asText(),
          new Sha256(json.path("manifestSha256").asText()),
          new Sha256(json.path("rootHash").asText()),
          new Sm3(json.path("rootSm3").asText()),
          new Removed(
              removed.path("chunks").asInt(),
              removed.path("tracks").asInt(),
              removed.path("films").asInt(),
              removed.path("bytes").asLong()),
          Instant.parse(json.path("retainUntil").asText()),
          new DisposalOrder(
              new ObjectKey(json.path("object").asText()),
              json.path("reason").asText(),
              signatory(json.path("requested")),
              signatory(json.path("approved"))),
          Instant.parse(json.path("disposedAt").asText()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new LedgerDamage("the tombstone has a wrong value: " + e.getMessage());
    }
  }

  private static Signatory signatory(JsonNode json) {
    return new Signatory(
        json.path("userId").asText(),
        json.path("role").asText(),
        Instant.parse(json.path("at").asText()));
  }
}
