package heyi.recording.session;

/** How far a recording is; "recording" may be shown to people only while it is RECEIVING. */
public enum RecordingState {
  /** Joining, or joined and no source is published yet. */
  STARTING,
  /**
   * Packets came within the last three seconds. A single source that is silent meanwhile is named
   * in the ledger ({@code source-silent}, {@code source-heard}).
   */
  RECEIVING,
  /**
   * Of no source that should be heard anything came for three seconds, or the way to the bridge is
   * lost; tried again by itself.
   */
  STALLED,
  /** Closed for media; chunks go out, tracks are made. */
  SEALING,
  /** The evidence is complete and stored. */
  SEALED,
  /** Given up. What was received is on disk and is sealed at the next start of the server. */
  FAILED
}
