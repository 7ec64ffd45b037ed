package heyi.server.invitation;

import heyi.server.casefile.CaseFile;
import heyi.server.casefile.Party;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;

/** What a presented invitation token stands for. */
public sealed interface InvitationOutcome {
  /** The link is good: it leads this party to this session. */
  record Valid(byte[] hash, CaseFile caseFile, SessionId session, SessionState state, Party party)
      implements InvitationOutcome {}

  /** Never issued. */
  record Unknown() implements InvitationOutcome {}

  /** Revoked by a newer link, expired, opened too often, or its session is over. */
  record UsedUp() implements InvitationOutcome {}
}
