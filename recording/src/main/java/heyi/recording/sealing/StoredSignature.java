package heyi.recording.sealing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import heyi.recording.seal.EvidencePublicKey;
import heyi.recording.seal.SealException;
import java.util.Base64;

/** Signature and key in one object, so that a kill between the two cannot part them. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredSignature(EvidencePublicKey key, byte[] signature) {
  byte[] write() {
    ObjectNode json = CanonicalJson.object();
    json.put("scheme", key.scheme().id());
    json.put("publicKey", key.pem());
    json.put("signature", Base64.getEncoder().encodeToString(signature));
    return CanonicalJson.write(json);
  }

  static StoredSignature read(byte[] bytes) {
    try {
      ObjectNode json = CanonicalJson.read(bytes);
      return new StoredSignature(
          EvidencePublicKey.ofPem(json.path("publicKey").asText()),
          Base64.getDecoder().decode(json.path("signature").asText()));
    } catch (LedgerDamage | IllegalArgumentException e) {
      throw new SealException("the stored signature cannot be read", e);
    }
  }
}
