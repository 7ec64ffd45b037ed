package heyi.signaling.room;

/**
 * Names one seat in a room. The seat stays when its participant drops, so that nobody is punished
 * for a lost connection.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 -}
 */
public record SeatId(String value) {
  /** Checks the characters, since the id becomes part of an endpoint id. */
  public SeatId {
    if (!value.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("seat id must be 1 to 64 of A-Z a-z 0-9 -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
