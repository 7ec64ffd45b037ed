package heyi.recording.disposal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import heyi.recording.seal.EvidencePublicKey;
import heyi.recording.seal.SealException;
import java.util.Base64;

/**
 * A tombstone with the signature over its canonical spelling and the key that made it, in one
 * object, so that a kill cannot part them.
 *
 * @param tombstone what is signed
 * @param key whose signature it is
 * @param signature over {@link Tombstone#write}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SignedTombstone(Tombstone tombstone, EvidencePublicKey key, byte[] signature) {
  /** The one spelling of it. */
  public byte[] write() {
    ObjectNode json = CanonicalJson.object();
    json.set("tombstone", tombstone.toJson());
    json.put("scheme", key.scheme().id());
    json.put("publicKey", key.pem());
    json.put("signature", Base64.getEncoder().encodeToString(signature));
    return CanonicalJson.write(json);
  }

  /**
   * Reads one and checks its signature.
   *
   * @throws LedgerDamage when it is none, or the signature is of something else
   */
  public static SignedTombstone read(byte[] bytes) throws LedgerDamage {
    ObjectNode json = CanonicalJson.read(bytes);
    try {
      SignedTombstone signed =
          new SignedTombstone(
              Tombstone.ofJson(json.path("tombstone")),
              EvidencePublicKey.ofPem(json.path("publicKey").asText()),
              Base64.getDecoder().decode(json.path("signature").asText()));
      if (!signed.key().verifies(signed.tombstone().write(), signed.signature())) {
        throw new LedgerDamage("the tombstone is not what was signed");
      }
      return signed;
    } catch (IllegalArgumentException | SealException e) {
      throw new LedgerDamage("not a signed tombstone: " + e.getMessage());
    }
  }
}
