package heyi.recording;

/** Who may ever open a recording; decides its place in the object store. */
public enum RecordingClass {
  /** The joint session: all parties were present and may be shown it. */
  JOINT,
  /** A private caucus: its existence is known, its content stays closed. */
  SEALED
}
