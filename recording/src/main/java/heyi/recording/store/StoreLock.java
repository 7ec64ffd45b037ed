package heyi.recording.store;

/** What an object store itself does against the removal of evidence, beside what Heyi refuses. */
public enum StoreLock {
  /** Keeps every object of evidence until its time is over (S3 Object Lock, compliance mode). */
  COMPLIANCE,
  /** Nothing: it has no such lock. */
  NONE,
  /** Nothing: it may have a lock, and the configuration says not to use it. */
  UNUSED,
  /** It has not said yet, or refuses to say. */
  UNKNOWN;

  /** The word used in the API and in configuration texts. */
  public String word() {
    return switch (this) {
      case COMPLIANCE -> "compliance";
      case NONE -> "none";
      case UNUSED -> "unused";
      case UNKNOWN -> "unknown";
    };
  }
}
