package heyi.media;

/** The one rule for names that travel in SDP lines and URLs: no separator can be smuggled in. */
public final class Identifiers {
  private static final int MAX_LENGTH = 128;

  private Identifiers() {}

  /**
   * Checks a name.
   *
   * @param what the name is of, for the message
   * @throws IllegalArgumentException when it is empty, longer than 128 characters, or holds another
   *     character than {@code A-Z a-z 0-9 . _ -}
   */
  public static void require(String what, String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          what + " must have 1 to " + MAX_LENGTH + " characters but has " + value.length());
    }
    for (int i = 0; i < value.length(); i++) {
      if (!allowed(value.charAt(i))) {
        throw new IllegalArgumentException(
            what + " may hold A-Z a-z 0-9 . _ - only; character " + i + " is another");
      }
    }
  }

  private static boolean allowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
