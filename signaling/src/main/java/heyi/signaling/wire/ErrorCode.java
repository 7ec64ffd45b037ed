package heyi.signaling.wire;

import java.util.Locale;

/** Every error that a room may answer with; the wire form is lower case with hyphens. */
public enum ErrorCode {
  /** Not JSON, or a field is missing or of the wrong type. */
  MALFORMED,
  /** Longer than a message, or than a text in it, may be. */
  TOO_LARGE,
  /** No such message. */
  UNKNOWN_TYPE,
  /** The seat token is not known, or the seat is not in this room. */
  UNKNOWN_SEAT,
  /** The invitation was revoked, has expired, or its session is over. */
  USED_UP_INVITATION,
  /** Recording and online form must be agreed to first. */
  CONSENT_REQUIRED,
  /** Not in this phase. */
  WRONG_PHASE,
  /** The role may not do this. */
  NOT_ALLOWED,
  /** The recorder does not receive, so there is no joint talk. */
  RECORDER_NOT_READY,
  /** Who is to be talked to is not there. */
  SEAT_AWAY,
  /** The session had as many caucuses as it may have. */
  TOO_MANY_CAUCUSES,
  /** The document is not the one on the table. */
  OTHER_DOCUMENT,
  /** The answer belongs to an offer that is not open. */
  STALE_OFFER,
  /** The answer cannot be used. */
  BAD_SDP,
  /** The transcript holds as much as it may. */
  TRANSCRIPT_FULL,
  /** The transcript has no such line or objection. */
  UNKNOWN_LINE,
  /** The line is another by now, or the objection answered. */
  TRANSCRIPT_CHANGED,
  /** Slow down. */
  TOO_MANY_MESSAGES,
  /** Something behind the room does not work now; try again. */
  UNAVAILABLE;

  /** As it stands in the message. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
