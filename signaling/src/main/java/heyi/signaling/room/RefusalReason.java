package heyi.signaling.room;

/** Why a command changed nothing. */
public enum RefusalReason {
  /** No such seat in this room. */
  UNKNOWN_SEAT,
  /** The seat's role may not do this. */
  NOT_ALLOWED,
  /** Not in this phase, or not from this state. */
  WRONG_PHASE,
  /** Recording and online form must be agreed to first. */
  CONSENT_REQUIRED,
  /** The recorder does not receive, so there is no joint talk. */
  RECORDER_NOT_READY,
  /** The document is not the one that is on the table. */
  OTHER_DOCUMENT,
  /** The session is over. */
  ROOM_CLOSED
}
