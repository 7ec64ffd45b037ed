package heyi.signaling.room;

/**
 * One consent, given separately for each purpose (诉讼规则 art. 4, PIPL art. 29).
 *
 * @param purpose what is agreed to
 * @param version of the text that was shown
 * @param accepted whether it was agreed to
 */
public record Consent(Purpose purpose, String version, boolean accepted) {
  /** Versions are short dates or numbers. */
  public static final int MAX_VERSION_LENGTH = 32;

  /** Checks the length of the version. */
  public Consent {
    if (version.isEmpty() || version.length() > MAX_VERSION_LENGTH) {
      throw new IllegalArgumentException("consent version must have 1 to 32 characters");
    }
  }

  /** What a participant may agree to. */
  public enum Purpose {
    /** Audio and video are recorded as evidence, R26. */
    RECORDING,
    /** This step is held online. */
    ONLINE
  }
}
