package heyi.recording;

import heyi.media.Identifiers;

/** The one rule for names that become parts of file names and object keys. */
final class Names {
  private Names() {}

  /** An identifier that hides no file and climbs out of no directory. */
  static void require(String what, String value) {
    Identifiers.require(what, value);
    if (value.charAt(0) == '.') {
      throw new IllegalArgumentException(what + " must not start with a dot: " + value);
    }
  }
}
