package heyi.server.identity;

import java.util.Locale;

/** What a signed-in person may do. */
public enum Role {
  /** 调解员: hosts the rooms of his own cases. */
  MEDIATOR,
  /** 审计: replays any sealed session, every opening of which is recorded. */
  AUDITOR,
  /** 调解组织工作人员: sees the cases of the organisation. */
  CLERK,
  /** 运维: watches and drains the bridges; sees no case. */
  OPERATOR;

  /** The word used in the API and the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of the word. */
  public static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
