package heyi.recording.sealing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import heyi.recording.seal.SealException;
import java.util.Base64;

/** Time stamp and what it rests on, in one object. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredStamp(byte[] response, String trustPem) {
  byte[] write() {
    ObjectNode json = CanonicalJson.object();
    json.put("response", Base64.getEncoder().encodeToString(response));
    json.put("trust", trustPem);
    return CanonicalJson.write(json);
  }

  static StoredStamp read(byte[] bytes) {
    try {
      ObjectNode json = CanonicalJson.read(bytes);
      return new StoredStamp(
          Base64.getDecoder().decode(json.path("response").asText()), json.path("trust").asText());
    } catch (LedgerDamage | IllegalArgumentException e) {
      throw new SealException("the stored time stamp cannot be read", e);
    }
  }
}
