package heyi.recording;

/** The one rule for names that become parts of file names and object keys. */
final class Names {
  private static final int MAX_LENGTH = 128;

  private Names() {}

  static void require(String what, String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          what + " must have 1 to " + MAX_LENGTH + " characters but has " + value.length());
    }
    if (value.charAt(0) == '.') {
      throw new IllegalArgumentException(what + " must not start with a dot: " + value);
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
