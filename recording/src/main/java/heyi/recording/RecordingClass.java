package heyi.recording;

/** Who may ever open a recording; decides its place in the object store. */
public enum RecordingClass {
  /** The joint session: all parties were present and may be shown it. */
  JOINT("recordings"),
  /** A private caucus: its existence is known, its content stays closed. */
  SEALED("sealed");

  private final String directory;

  RecordingClass(String directory) {
    this.directory = directory;
  }

  /** First segment of the keys of all its recordings. */
  public String directory() {
    return directory;
  }

  /** Whether an object is of a recording of this class. */
  public boolean holds(ObjectKey key) {
    return key.value().startsWith(directory + "/");
  }
}
