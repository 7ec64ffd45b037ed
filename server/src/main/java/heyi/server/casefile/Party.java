package heyi.server.casefile;

/**
 * A party (当事人) of a case.
 *
 * @param ordinal counts from 1 in the order of entry; the seat is named after it
 */
public record Party(PartyId id, int ordinal, PartyRole role, String displayName) {

  /**
   * The party's seat in every session of the case; also its label in the evidence, never a name.
   */
  public String seatId() {
    return "party-" + ordinal;
  }
}
