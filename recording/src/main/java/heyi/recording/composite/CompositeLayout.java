package heyi.recording.composite;

/** How the people of a session share the picture. */
public enum CompositeLayout {
  /** All the same size. */
  GRID,
  /** Who speaks is large, the others stand beside him. */
  SPEAKER
}
