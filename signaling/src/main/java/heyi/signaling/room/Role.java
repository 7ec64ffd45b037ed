package heyi.signaling.room;

/** What somebody may do in the room. */
public enum Role {
  /** 调解员: leads the session. */
  MEDIATOR,
  /** 当事人: applicant or respondent. */
  PARTY
}
