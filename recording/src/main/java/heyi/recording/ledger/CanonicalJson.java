package heyi.recording.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * JSON with exactly one spelling (RFC 8785), so that it can be hashed.
 *
 * <p><b>Threads:</b> any.
 */
public final class CanonicalJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CanonicalJson() {}

  /** An empty object to fill. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The one spelling of a value, UTF-8. */
  public static byte[] write(JsonNode json) {
    try {
      return new JsonCanonicalizer(MAPPER.writeValueAsString(json)).getEncodedUTF8();
    } catch (IOException e) {
      throw new IllegalArgumentException("not representable as canonical JSON", e);
    }
  }

  /**
   * Reads an object in any spelling.
   *
   * @throws LedgerDamage when it is not one JSON object
   */
  public static ObjectNode read(byte[] bytes) throws LedgerDamage {
    try {
      if (MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8)) instanceof ObjectNode object) {
        return object;
      }
      throw new LedgerDamage("not a JSON object");
    } catch (JsonProcessingException e) {
      throw new LedgerDamage("not JSON: " + e.getOriginalMessage());
    }
  }
}
