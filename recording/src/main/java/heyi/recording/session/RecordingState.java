package heyi.recording.session;

/**
 * How far a recording is: {@code STARTING → RECEIVING ⇄ STALLED → SEALING → VERIFIED | FAILED}, and
 * RESTING for as long as nothing is to be kept. "Recording" may be shown to people only while it is
 * RECEIVING and nothing that should be received is silent ({@link SourceReception}).
 */
public enum RecordingState {
  /** Joining, or joined and no source is published yet. */
  STARTING,
  /**
   * Packets came within the last three seconds; of which source how many bytes says {@link
   * RecordingListener#onReception}. A single source that is silent meanwhile is named there and in
   * the ledger ({@code source-silent}, {@code source-heard}).
   */
  RECEIVING,
  /**
   * Of no source that should be heard anything came for three seconds, or the way to the bridge is
   * lost; the recorder comes anew by itself.
   */
  STALLED,
  /**
   * Off the record by the mediator's word: in the conference, and nothing that comes is kept. Ends
   * with {@link Recording#onRecord}, whatever the line does meanwhile.
   */
  RESTING,
  /** Closed for media; chunks go out, tracks are made. */
  SEALING,
  /** The evidence is complete: stored, read back from the store, and sealed. */
  VERIFIED,
  /** Given up. What was received is on disk and is sealed at the next start of the server. */
  FAILED
}
