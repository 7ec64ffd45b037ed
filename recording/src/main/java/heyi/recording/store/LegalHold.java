package heyi.recording.store;

/** Whether an object may be removed once its time is over: 保全. */
public enum LegalHold {
  /** It may not, until the hold is lifted. */
  PLACED,
  /** It may. */
  LIFTED
}
