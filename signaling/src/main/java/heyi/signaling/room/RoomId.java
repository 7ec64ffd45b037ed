package heyi.signaling.room;

/**
 * Names one room; a mediation session has exactly one.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 -}
 */
public record RoomId(String value) {
  /** Checks the characters, since the id becomes part of a conference id. */
  public RoomId {
    if (!value.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("room id must be 1 to 64 of A-Z a-z 0-9 -");
    }
  }

  /**
   * The room of a private talk (单独谈话) beside this one.
   *
   * @param number from 1, over all of the session
   */
  public RoomId caucus(int number) {
    return new RoomId(value + "-caucus-" + number);
  }

  @Override
  public String toString() {
    return value;
  }
}
