package heyi.signaling.room;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the transcript (调解笔录): what was written, corrected, struck out, objected to,
 * answered or read. None is ever changed or taken away. All is typed by a person.
 */
public sealed interface TranscriptEntry {
  /** 1, 2, 3 … in this transcript. */
  int number();

  /** When it was entered, on the clock of the server. */
  Instant at();

  /** Who entered it. */
  SeatId by();

  /**
   * A line.
   *
   * @param key the page's own, once in a transcript
   * @param spokenAt when the writer began to type it
   * @param speaker whose words they are; null for a note
   */
  record Line(
      int number,
      Instant at,
      SeatId by,
      String key,
      Instant spokenAt,
      @Nullable SeatId speaker,
      String text)
      implements TranscriptEntry {}

  /**
   * A version in the place of an earlier one.
   *
   * @param replaces number of the line or correction that counted until now
   * @param objection that it answers, or null
   */
  record Correction(
      int number,
      Instant at,
      SeatId by,
      int replaces,
      @Nullable SeatId speaker,
      String text,
      String reason,
      @Nullable Integer objection)
      implements TranscriptEntry {}

  /**
   * The line does not count any more.
   *
   * @param replaces number of the line or correction that counted until now
   * @param objection that it answers, or null
   */
  record Strike(
      int number, Instant at, SeatId by, int replaces, String reason, @Nullable Integer objection)
      implements TranscriptEntry {}

  /**
   * Somebody objects to a version.
   *
   * @param line number of the line or correction
   */
  record Objection(int number, Instant at, SeatId by, int line, String text)
      implements TranscriptEntry {}

  /** An objection to which the mediator changed nothing. */
  record Refusal(int number, Instant at, SeatId by, int objection, String reason)
      implements TranscriptEntry {}

  /**
   * Somebody has read it all.
   *
   * @param upTo number of the last entry that changes a line
   */
  record Reading(int number, Instant at, SeatId by, int upTo) implements TranscriptEntry {}
}
