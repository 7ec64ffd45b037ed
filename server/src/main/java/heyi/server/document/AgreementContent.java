package heyi.server.document;

import java.time.LocalDate;
import java.util.List;

/**
 * What a mediation agreement (调解协议书, R36) says.
 *
 * <p><b>Bounds</b>: the constants of this class. <b>Errors</b>: {@link AgreementRefusedException}
 * at construction, with a message that may be shown to the mediator; nothing is ever cut.
 *
 * @param caseNumber of the organisation
 * @param title of the dispute (纠纷)
 * @param organisation that mediated (调解组织)
 * @param mediator name of the mediator (调解员)
 * @param parties in the order of the document, at least one
 * @param summary what the dispute was about (纠纷事实); may be empty, then the section is left out
 * @param clauses what was agreed, in order
 * @param place where it was agreed, such as 在线调解室; may be empty
 * @param date of the agreement
 */
public record AgreementContent(
    String caseNumber,
    String title,
    String organisation,
    String mediator,
    List<PartyLine> parties,
    String summary,
    List<String> clauses,
    String place,
    LocalDate date) {
  /** A mediation room has no more parties. */
  public static final int MAX_PARTIES = 7;

  /** A long settlement has a few dozen; more belongs into an annex. */
  public static final int MAX_CLAUSES = 50;

  /** About a page of Chinese text, for a clause and for the summary. */
  public static final int MAX_CLAUSE_LENGTH = 2_000;

  /** Names and titles fit on a line or two. */
  public static final int MAX_NAME_LENGTH = 120;

  /**
   * One party.
   *
   * @param slot names the party's signature field, such as {@code party-1}
   * @param role as it stands in the document, such as 申请人
   * @param name of the party
   */
  public record PartyLine(String slot, String role, String name) {
    /** Checks the lengths. */
    public PartyLine {
      if (!slot.matches("[a-z0-9-]{1,32}")) {
        throw new AgreementRefusedException("a signature slot is 1 to 32 of a-z 0-9 -");
      }
      requireText("party role", role, MAX_NAME_LENGTH);
      requireText("party name", name, MAX_NAME_LENGTH);
    }
  }

  /** Checks all lengths; what is too long is refused, never cut. */
  public AgreementContent {
    parties = List.copyOf(parties);
    clauses = List.copyOf(clauses);
    requireText("case number", caseNumber, MAX_NAME_LENGTH);
    requireText("title", title, MAX_NAME_LENGTH);
    requireText("organisation", organisation, MAX_NAME_LENGTH);
    requireText("mediator", mediator, MAX_NAME_LENGTH);
    requireAtMost("summary", summary, MAX_CLAUSE_LENGTH);
    requireAtMost("place", place, MAX_NAME_LENGTH);
    requireCount("parties", parties.size(), MAX_PARTIES);
    requireCount("clauses", clauses.size(), MAX_CLAUSES);
    clauses.forEach(clause -> requireText("clause", clause, MAX_CLAUSE_LENGTH));
    long slots = parties.stream().map(PartyLine::slot).distinct().count();
    if (slots != parties.size()
        || parties.stream().anyMatch(party -> party.slot().equals(AgreementHtml.MEDIATOR_SLOT))) {
      throw new AgreementRefusedException("each signer needs a signature slot of its own");
    }
  }

  private static void requireText(String what, String value, int max) {
    if (value.isBlank()) {
      throw new AgreementRefusedException(what + " must not be empty");
    }
    requireAtMost(what, value, max);
  }

  private static void requireAtMost(String what, String value, int max) {
    if (value.length() > max) {
      throw new AgreementRefusedException(
          what + " must have at most " + max + " characters but has " + value.length());
    }
  }

  private static void requireCount(String what, int count, int max) {
    if (count < 1 || count > max) {
      throw new AgreementRefusedException(
          "an agreement has 1 to " + max + " " + what + " but " + count + " were given");
    }
  }
}
