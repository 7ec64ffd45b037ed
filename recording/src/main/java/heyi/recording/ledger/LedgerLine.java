package heyi.recording.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.Sha256;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Entry to line and back, for those who keep lines elsewhere than in a {@link Ledger}. The hash of
 * an entry is the hash of its line without the newline.
 */
public final class LedgerLine {
  private static final Set<String> FIELDS =
      Set.of("at", "offsetMillis", "payload", "previous", "sequence", "type");

  private LedgerLine() {}

  /** The canonical bytes of an entry, without a line end. */
  public static byte[] write(
      long sequence, Instant at, Duration offset, LedgerEvent event, Sha256 previous) {
    ObjectNode line = CanonicalJson.object();
    line.put("sequence", sequence);
    line.put("at", at.toString());
    line.put("offsetMillis", offset.toMillis());
    line.put("type", event.type());
    line.set("payload", event.payload());
    line.put("previous", previous.hex());
    return CanonicalJson.write(line);
  }

  /**
   * Reads them back.
   *
   * @throws LedgerDamage when they are not an entry in its one spelling
   */
  public static LedgerEntry read(byte[] bytes) throws LedgerDamage {
    ObjectNode line = CanonicalJson.read(bytes);
    Set<String> names = new TreeSet<>();
    line.fieldNames().forEachRemaining(names::add);
    if (!names.equals(FIELDS)) {
      throw new LedgerDamage("an entry has the fields " + new TreeSet<>(FIELDS) + ", not " + names);
    }
    if (!Arrays.equals(CanonicalJson.write(line), bytes)) {
      throw new LedgerDamage("an entry is not in canonical form");
    }
    if (!(line.get("payload") instanceof ObjectNode payload)) {
      throw new LedgerDamage("the payload of an entry is not an object");
    }
    try {
      return new LedgerEntry(
          number(line.get("sequence")),
          Instant.parse(line.get("at").asText()),
          Duration.ofMillis(number(line.get("offsetMillis"))),
          line.get("type").asText(),
          payload,
          new Sha256(line.get("previous").asText()),
          Sha256.of(bytes));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new LedgerDamage("an entry has a wrong value: " + e.getMessage());
    }
  }

  private static long number(JsonNode node) throws LedgerDamage {
    if (!node.isIntegralNumber()) {
      throw new LedgerDamage("not a whole number: " + node);
    }
    return node.longValue();
  }
}
