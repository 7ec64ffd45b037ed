package heyi.server.casefile;

import java.util.Locale;

/** On which side of the dispute a party stands. */
public enum PartyRole {
  /** 申请人. */
  APPLICANT,
  /** 被申请人. */
  RESPONDENT;

  /** The word used in the API and the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
