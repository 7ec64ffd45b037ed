package heyi.signaling.room;

/** Whether the participant of a seat is there. */
public enum Presence {
  /** Has not come yet. */
  INVITED,
  /** Connected. */
  SEATED,
  /** Lost the connection; the seat is kept and this is never taken for a refusal. */
  DROPPED,
  /** Left by himself. */
  LEFT
}
