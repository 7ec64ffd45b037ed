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
  /** Who is to be talked to is not there. */
  SEAT_AWAY,
  /** The session had as many caucuses as it may have. */
  TOO_MANY_CAUCUSES,
  /** The document is not the one that is on the table. */
  OTHER_DOCUMENT,
  /** A line, a reason or an objection is longer than it may be. */
  TEXT_TOO_LONG,
  /** The transcript holds as much as it may. */
  TRANSCRIPT_FULL,
  /** Too many entries of one seat within a minute. */
  TOO_FAST,
  /** No such line, or no such objection, in the transcript. */
  UNKNOWN_LINE,
  /** Somebody was faster: it is another version by now, or answered already. */
  TRANSCRIPT_CHANGED,
  /** The session is over. */
  ROOM_CLOSED
}
