package heyi.recording.encryption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import java.util.Base64;

/**
 * A session key under a master key.
 *
 * @param masterKeyId which master key wrapped it
 * @param bytes what only the key management understands
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record WrappedKey(String masterKeyId, byte[] bytes) {
  private static final String FORMAT = "heyi-wrapped-key-1";

  /** As the object store keeps it. */
  byte[] write() {
    ObjectNode json = CanonicalJson.object();
    json.put("format", FORMAT);
    json.put("masterKeyId", masterKeyId);
    json.put("wrapped", Base64.getEncoder().encodeToString(bytes));
    return CanonicalJson.write(json);
  }

  /**
   * Reads what was written.
   *
   * @throws UndecryptableException when it is something else
   */
  static WrappedKey read(byte[] bytes) {
    try {
      ObjectNode json = CanonicalJson.read(bytes);
      if (json.path("format").asText().equals(FORMAT)) {
        return new WrappedKey(
            json.path("masterKeyId").asText(),
            Base64.getDecoder().decode(json.path("wrapped").asText()));
      }
    } catch (LedgerDamage | IllegalArgumentException e) {
      throw new UndecryptableException("a wrapped key is damaged", e);
    }
    throw new UndecryptableException("a wrapped key is not of the format " + FORMAT);
  }
}
