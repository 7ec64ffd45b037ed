package heyi.server.search;

import heyi.server.casefile.SessionState;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.identity.UserId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are looked for; all conditions together.
 *
 * @param words each must occur in the case's number or title, or in the name of a party or of the
 *     mediator; upper and lower case are the same
 * @param mediator whose cases alone; null for everybody's
 * @param from first moment of the session's begin; null without limit
 * @param to first moment after it; null without limit
 * @param state null for any
 * @param transcript words that must stand in its transcript; null without such a condition
 * @param page zero is the newest
 */
record SessionQuery(
    List<String> words,
    @Nullable UserId mediator,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable SessionState state,
    TranscriptSearch.@Nullable Asked transcript,
    int page) {
  private static final int MAX_TEXT_LENGTH = 200;
  private static final int MAX_WORDS = 8;
  private static final int MIN_TRANSCRIPT_LENGTH = 2;
  private static final int MAX_TRANSCRIPT_LENGTH = 100;
  private static final int MAX_PAGE = 10_000;

  /** Copies the list. */
  SessionQuery {
    words = List.copyOf(words);
  }

  /**
   * Reads the query parameters {@code q}, {@code text}, {@code from}, {@code to}, {@code state},
   * {@code page}.
   *
   * @param replayer whose recordings alone he may replay who asks; null for all
   */
  static SessionQuery of(Call call, @Nullable UserId mediator, @Nullable UserId replayer) {
    String text = text(call.query("text"));
    return new SessionQuery(
        words(call.query("q")),
        mediator,
        instant(call, "from"),
        instant(call, "to"),
        state(call.query("state")),
        text == null ? null : new TranscriptSearch.Asked(text, replayer),
        call.query("page", 0, 0, MAX_PAGE));
  }

  /** Whether somebody asks for words of a transcript. */
  static boolean asksForText(Call call) {
    return text(call.query("text")) != null;
  }

  /** One character is in every transcript. */
  private static @Nullable String text(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String words = text.strip();
    int length = words.codePointCount(0, words.length());
    if (length < MIN_TRANSCRIPT_LENGTH || words.length() > MAX_TRANSCRIPT_LENGTH) {
      throw Problem.malformed(
          "The query parameter text has "
              + MIN_TRANSCRIPT_LENGTH
              + " to "
              + MAX_TRANSCRIPT_LENGTH
              + " characters.");
    }
    if (words.indexOf('\0') >= 0) {
      throw Problem.malformed("The query parameter text must not hold the character U+0000.");
    }
    return words;
  }

  private static List<String> words(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return List.of();
    }
    List<String> words = Arrays.asList(text.strip().split("[\\s\\u3000]+"));
    if (text.length() > MAX_TEXT_LENGTH || words.size() > MAX_WORDS) {
      throw Problem.malformed(
          "The query parameter q holds at most "
              + MAX_WORDS
              + " words in "
              + MAX_TEXT_LENGTH
              + " characters.");
    }
    return words;
  }

  private static @Nullable Instant instant(Call call, String name) {
    String text = call.query(name);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Problem.malformed(
          "The query parameter " + name + " must be a time like 2026-11-21T08:00:00Z (RFC 3339).");
    }
  }

  private static @Nullable SessionState state(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    return Arrays.stream(SessionState.values())
        .filter(state -> state.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.malformed(
                    "The query parameter state must be one of "
                        + Arrays.toString(SessionState.values())
                        + "."));
  }
}
