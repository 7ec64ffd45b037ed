package heyi.server.casefile;

/** Where a case stands; the part of the full lifecycle that this slice walks through. */
public enum CaseStatus {
  /** 待调解: parties, mediator and papers are there. */
  PREPARED,
  /** 调解中: a session is running. */
  IN_SESSION,
  /** 待续: the last session ended without a signed agreement. */
  ADJOURNED,
  /** 已达成协议: a signed agreement is with the case. */
  EFFECTIVE
}
