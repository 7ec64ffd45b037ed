package heyi.recording;

/**
 * Names one recording; part of object keys, file names and the ledger.
 *
 * <p><b>Bounds:</b> 1 to 128 characters of {@code A-Z a-z 0-9 . _ -}, not starting with a dot.
 *
 * @param value the name, for instance a UUID
 */
public record RecordingId(String value) {
  /** Checks the characters. */
  public RecordingId {
    Names.require("recording id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
