package heyi.signaling.room;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants done to the transcript (调解笔录). Numbers are those of {@link TranscriptEntry}.
 */
public sealed interface Transcription {
  /**
   * The mediator writes a line.
   *
   * @param key made by the page, so that a line that is sent twice stands there once
   * @param speaker whose words they are; null for a note of the mediator about the session
   * @param begun how long ago he began to type
   */
  record Write(String key, @Nullable SeatId speaker, String text, Duration begun)
      implements Transcription {
    /** Keys are short. */
    public static final int MAX_KEY_LENGTH = 64;

    /** Who began longer ago than this begins now. */
    public static final Duration MAX_BEGUN = Duration.ofMinutes(10);
  }

  /**
   * The mediator puts another version in the place of one.
   *
   * @param replaces the version that counts now
   * @param objection that it answers
   */
  record Correct(
      int replaces,
      @Nullable SeatId speaker,
      String text,
      String reason,
      @Nullable Integer objection)
      implements Transcription {}

  /**
   * The mediator strikes a line out; it stays to be read.
   *
   * @param replaces the version that counts now
   * @param objection that it answers
   */
  record Strike(int replaces, String reason, @Nullable Integer objection)
      implements Transcription {}

  /**
   * A party objects (异议).
   *
   * @param line the version that he has read
   */
  record RaiseObjection(int line, String text) implements Transcription {}

  /** The mediator leaves the line as it is, and says why. */
  record RefuseObjection(int objection, String reason) implements Transcription {}

  /**
   * A party has read the transcript at its reading back.
   *
   * @param upTo the last entry that changes a line
   */
  record ConfirmReading(int upTo) implements Transcription {}
}
