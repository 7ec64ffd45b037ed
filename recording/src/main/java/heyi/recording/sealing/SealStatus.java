package heyi.recording.sealing;

import heyi.recording.Sha256;
import heyi.recording.seal.TimeStamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a recording is sealed.
 *
 * @param scheme how its manifest was signed
 * @param keyId by which key
 * @param stamp null while it is unstamped
 * @param log where it stands in the transparency log; null while it is in none
 */
public record SealStatus(
    String scheme, Sha256 keyId, @Nullable TimeStamp stamp, @Nullable LogPlace log) {

  /**
   * A place in the transparency log.
   *
   * @param origin name of the log
   * @param index number of the entry, from 0
   * @param size of the log now
   * @param witnesses who cosigned its latest checkpoint
   */
  public record LogPlace(String origin, long index, long size, List<String> witnesses) {
    /** Copies the list. */
    public LogPlace {
      witnesses = List.copyOf(witnesses);
    }
  }
}
