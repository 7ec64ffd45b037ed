package heyi.recording.store;

/** What an object store itself does against the removal of evidence, beside what Heyi refuses. */
public enum StoreLock {
  /** Keeps every object of evidence until its time is over (S3 Object Lock, compliance mode). */
  COMPLIANCE,
  /** Nothing: it has no such lock. */
  NONE,
  /** Nothing: it may have a lock, and the configuration says not to use it. */
  UNUSED,
  /** Nothing that Heyi asks for: its key may not ask whether there is a lock. */
  DENIED,
  /** It has not said yet. */
  UNKNOWN;

  /** The word used in the API and in configuration texts. */
  public String word() {
    return switch (this) {
      case COMPLIANCE -> "compliance";
      case NONE -> "none";
      case UNUSED -> "unused";
      case DENIED -> "denied";
      case UNKNOWN -> "unknown";
    };
  }
}
