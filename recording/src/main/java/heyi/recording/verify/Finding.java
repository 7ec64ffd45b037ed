package heyi.recording.verify;

/**
 * Something wrong with an evidence package.
 *
 * @param object the entry of the ZIP that it is about, or {@code package} for the container
 * @param kind what sort of fault
 * @param message one sentence with both sides, expected and found
 */
public record Finding(String object, Kind kind, String message) {
  /** Sorts of faults. */
  public enum Kind {
    /** The bytes are not those that were sealed. */
    ALTERED,
    /** Named but not there. */
    MISSING,
    /** There but not named anywhere. */
    UNKNOWN,
    /** Not in its place. */
    REORDERED,
    /** Cannot be read. */
    UNREADABLE,
    /** Parts that are each whole contradict each other. */
    CONTRADICTION
  }
}
