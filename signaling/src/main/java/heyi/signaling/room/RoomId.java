package heyi.signaling.room;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one room; a mediation session has exactly one.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 -}
 */
public record RoomId(String value) {
  private static final Pattern CAUCUS = Pattern.compile("(.+)-caucus-[0-9]+");

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

  /** Whether it is the room of a private talk. */
  public boolean isCaucus() {
    return CAUCUS.matcher(value).matches();
  }

  /** The room beside which that of a private talk is; any other room itself. */
  public RoomId joint() {
    Matcher caucus = CAUCUS.matcher(value);
    return caucus.matches() ? new RoomId(caucus.group(1)) : this;
  }

  @Override
  public String toString() {
    return value;
  }
}
