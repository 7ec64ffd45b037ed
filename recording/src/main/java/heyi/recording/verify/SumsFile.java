package heyi.recording.verify;

import heyi.recording.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The lines of SHA256SUMS.
 *
 * @param hashes by entry name, in order
 * @param damage what is not a line of sha256sum, empty when all are
 */
record SumsFile(Map<String, Sha256> hashes, String damage) {
  private static final int HASH_LENGTH = 64;

  static SumsFile parse(byte[] bytes) {
    Map<String, Sha256> hashes = new LinkedHashMap<>();
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!text.endsWith("\n")) {
      return new SumsFile(hashes, "does not end with a line end");
    }
    int number = 0;
    for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
      number++;
      boolean shape = line.length() > HASH_LENGTH + 2 && line.startsWith("  ", HASH_LENGTH);
      if (!shape) {
        return new SumsFile(hashes, "line " + number + " is not hash, two spaces, name");
      }
      try {
        Sha256 hash = new Sha256(line.substring(0, HASH_LENGTH));
        if (hashes.put(line.substring(HASH_LENGTH + 2), hash) != null) {
          return new SumsFile(hashes, "line " + number + " names a file again");
        }
      } catch (IllegalArgumentException e) {
        return new SumsFile(hashes, "line " + number + ": " + e.getMessage());
      }
    }
    return new SumsFile(hashes, "");
  }
}
