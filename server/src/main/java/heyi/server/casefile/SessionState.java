package heyi.server.casefile;

/** Where a session stands, as the case sees it. */
public enum SessionState {
  /** Room open, nothing recorded yet. */
  SCHEDULED,
  /** Recorded talk. */
  LIVE,
  /** Closed; the recording is being finished. */
  SEALING,
  /** Closed; the recording is complete and its root hash known. */
  SEALED,
  /** Its recording was disposed of by order of two people (依法销毁); a tombstone stays. */
  DISPOSED,
  /** Closed; no recording could be sealed. */
  FAILED
}
