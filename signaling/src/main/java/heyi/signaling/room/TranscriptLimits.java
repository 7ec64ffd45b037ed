package heyi.signaling.room;

/**
 * How much a transcript may hold.
 *
 * @param entries lines, corrections, objections and answers of one session together
 * @param textLength characters of a line, of a reason and of an objection
 * @param perMinute entries of one seat within a minute
 */
public record TranscriptLimits(int entries, int textLength, int perMinute) {
  /** No message has room for more. */
  public static final int MAX_TEXT_LENGTH = 2_000;

  /** A page holds all of them in its memory. */
  public static final int MAX_ENTRIES = 20_000;

  /**
   * Three thousand entries are sixteen a minute over three hours; a spoken sentence has some thirty
   * characters; nobody types a line a second.
   */
  public static final TranscriptLimits DEFAULT = new TranscriptLimits(3_000, 500, 60);

  /** Checks that all are positive and within what a message can carry. */
  public TranscriptLimits {
    if (entries < 1 || entries > MAX_ENTRIES || perMinute < 1) {
      throw new IllegalArgumentException("a transcript has 1 to " + MAX_ENTRIES + " entries");
    }
    if (textLength < 1 || textLength > MAX_TEXT_LENGTH) {
      throw new IllegalArgumentException("a text has 1 to " + MAX_TEXT_LENGTH + " characters");
    }
  }
}
