package heyi.signaling.wire;

import heyi.signaling.room.SeatId;
import heyi.signaling.room.TranscriptLimits;
import heyi.signaling.room.Transcription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads what somebody wants done to the transcript. */
final class TranscriptionReader {
  private TranscriptionReader() {}

  static Transcription read(String type, Fields in) throws WireException {
    return switch (type) {
      case "transcript-line" ->
          new Transcription.Write(
              line(in, "key", Transcription.Write.MAX_KEY_LENGTH),
              speaker(in),
              text(in, "text"),
              begun(in));
      case "transcript-correction" ->
          new Transcription.Correct(
              number(in, "replaces"),
              speaker(in),
              text(in, "text"),
              text(in, "reason"),
              objection(in));
      case "transcript-strike" ->
          new Transcription.Strike(number(in, "replaces"), text(in, "reason"), objection(in));
      case "transcript-objection" ->
          new Transcription.RaiseObjection(number(in, "line"), text(in, "text"));
      case "transcript-refusal" ->
          new Transcription.RefuseObjection(number(in, "objection"), text(in, "reason"));
      case "transcript-reading" -> new Transcription.ConfirmReading(number(in, "upTo"));
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static @Nullable SeatId speaker(Fields in) throws WireException {
    return in.has("speaker") ? in.seat("speaker") : null;
  }

  private static Duration begun(Fields in) throws WireException {
    var most = (int) Transcription.Write.MAX_BEGUN.toMillis();
    var millis = in.optionalInteger("begunMsAgo", 0, most);
    return Duration.ofMillis(millis == null ? 0 : millis);
  }

  private static @Nullable Integer objection(Fields in) throws WireException {
    return in.optionalInteger("objection", 1, TranscriptLimits.MAX_ENTRIES);
  }

  private static int number(Fields in, String field) throws WireException {
    return in.integer(field, 1, TranscriptLimits.MAX_ENTRIES);
  }

  private static String text(Fields in, String field) throws WireException {
    return line(in, field, TranscriptLimits.MAX_TEXT_LENGTH);
  }

  /** One line that every reader shows alike, and that can be hashed as UTF-8. */
  private static String line(Fields in, String field, int maxLength) throws WireException {
    var text = in.text(field, maxLength);
    if (text.isBlank()) {
      throw in.malformed("'" + field + "' must not be blank");
    }
    if (text.codePoints().anyMatch(TranscriptionReader::isUnreadable)) {
      throw in.malformed("'" + field + "' must be one line of characters");
    }
    return text.strip();
  }

  /** Ends of lines and other controls, overrides of the writing direction, halves of characters. */
  private static boolean isUnreadable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default ->
          (codePoint >= 0x202A && codePoint <= 0x202E)
              || (codePoint >= 0x2066 && codePoint <= 0x2069);
    };
  }
}
