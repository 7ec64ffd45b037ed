package heyi.signaling.room;

import heyi.signaling.room.Decision.Accepted;
import heyi.signaling.room.Decision.Refused;
import heyi.signaling.room.RoomEvent.TranscriptWritten;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transcript (调解笔录): the mediator writes, everyone reads, parties object, and every objection
 * is answered by a change or with a reason. R26: nothing is written that is not recorded.
 *
 * <p><b>Source:</b> 人民法院在线调解规则 art. 22: the transcript is kept while the session runs, and checked
 * online.
 */
final class TranscriptRules {
  private static final Duration RATE_WINDOW = Duration.ofMinutes(1);

  private TranscriptRules() {}

  static Decision transcribe(RoomState state, SeatId by, Transcription what, Instant at) {
    var seat = state.seat(by);
    if (seat.isEmpty()) {
      return new Refused(RefusalReason.UNKNOWN_SEAT);
    }
    if (!mayDo(seat.get().spec().role(), what)) {
      return new Refused(RefusalReason.NOT_ALLOWED);
    }
    if (!state.phase().hasMedia() || isWithheld(state, what)) {
      return new Refused(RefusalReason.WRONG_PHASE);
    }
    if (isThere(state, by, what)) {
      return new Accepted(state, List.of());
    }
    var refusal = refusal(state, by, what, at);
    if (refusal != null) {
      return new Refused(refusal);
    }
    var entry = entry(state, by, what, at.truncatedTo(ChronoUnit.MILLIS));
    return new Accepted(
        state.writing(state.transcript().with(entry)),
        List.of(new TranscriptWritten(state.id(), entry)));
  }

  /** What is said off the record is written down nowhere. */
  private static boolean isWithheld(RoomState state, Transcription what) {
    return what instanceof Transcription.Write && state.isPausedFor(PauseReason.OFF_RECORD);
  }

  private static boolean mayDo(Role role, Transcription what) {
    return switch (what) {
      case Transcription.Write _,
          Transcription.Correct _,
          Transcription.Strike _,
          Transcription.RefuseObjection _ ->
          role == Role.MEDIATOR;
      case Transcription.RaiseObjection _, Transcription.ConfirmReading _ -> role == Role.PARTY;
    };
  }

  /** A page that did not hear the answer asks again. */
  private static boolean isThere(RoomState state, SeatId by, Transcription what) {
    return switch (what) {
      case Transcription.Write write -> state.transcript().hasKey(write.key());
      case Transcription.ConfirmReading(int upTo) ->
          upTo == state.transcript().lastChange() && state.transcript().isReadBy(by);
      default -> false;
    };
  }

  private static @Nullable RefusalReason refusal(
      RoomState state, SeatId by, Transcription what, Instant at) {
    var limits = state.spec().transcript();
    if (state.transcript().size() >= limits.entries()) {
      return RefusalReason.TRANSCRIPT_FULL;
    }
    if (state.transcript().recent(by, at, RATE_WINDOW) >= limits.perMinute()) {
      return RefusalReason.TOO_FAST;
    }
    var most = limits.textLength();
    return switch (what) {
      case Transcription.Write write -> text(state, write.speaker(), write.text(), most);
      case Transcription.Correct correct -> correction(state, correct, most);
      case Transcription.Strike strike ->
          first(
              length(strike.reason(), most),
              replaced(state, strike.replaces(), strike.objection()));
      case Transcription.RaiseObjection objection ->
          first(length(objection.text(), most), version(state, objection.line()));
      case Transcription.RefuseObjection refuse ->
          first(length(refuse.reason(), most), open(state, refuse.objection()));
      case Transcription.ConfirmReading(int upTo) -> reading(state, upTo);
    };
  }

  private static @Nullable RefusalReason correction(
      RoomState state, Transcription.Correct correct, int most) {
    return first(
        first(text(state, correct.speaker(), correct.text(), most), length(correct.reason(), most)),
        replaced(state, correct.replaces(), correct.objection()));
  }

  private static @Nullable RefusalReason text(
      RoomState state, @Nullable SeatId speaker, String text, int most) {
    var unknown = speaker != null && state.seat(speaker).isEmpty();
    return unknown ? RefusalReason.UNKNOWN_SEAT : length(text, most);
  }

  private static @Nullable RefusalReason length(String text, int most) {
    return text.length() > most ? RefusalReason.TEXT_TOO_LONG : null;
  }

  /** A version that counts, and, when an objection is answered, one to that very line. */
  private static @Nullable RefusalReason replaced(
      RoomState state, int replaces, @Nullable Integer objection) {
    var transcript = state.transcript();
    if (!transcript.isVersion(replaces)) {
      return RefusalReason.UNKNOWN_LINE;
    }
    if (transcript.isReplaced(replaces)) {
      return RefusalReason.TRANSCRIPT_CHANGED;
    }
    return objection == null ? null : answered(state, replaces, objection);
  }

  private static @Nullable RefusalReason answered(RoomState state, int replaces, int objection) {
    var open = open(state, objection);
    if (open != null) {
      return open;
    }
    var about =
        ((TranscriptEntry.Objection) state.transcript().entries().get(objection - 1)).line();
    return root(state, about) == root(state, replaces) ? null : RefusalReason.UNKNOWN_LINE;
  }

  /** The line that a version belongs to. */
  private static int root(RoomState state, int version) {
    var number = version;
    while (state.transcript().entries().get(number - 1) instanceof TranscriptEntry.Correction c) {
      number = c.replaces();
    }
    return number;
  }

  private static @Nullable RefusalReason version(RoomState state, int number) {
    return state.transcript().isVersion(number) ? null : RefusalReason.UNKNOWN_LINE;
  }

  private static @Nullable RefusalReason open(RoomState state, int objection) {
    var found = state.transcript().entry(objection);
    if (found.isEmpty() || !(found.get() instanceof TranscriptEntry.Objection)) {
      return RefusalReason.UNKNOWN_LINE;
    }
    return state.transcript().isAnswered(objection) ? RefusalReason.TRANSCRIPT_CHANGED : null;
  }

  /** Who confirms must have read it as it is. */
  private static @Nullable RefusalReason reading(RoomState state, int upTo) {
    if (state.phase() != Phase.READBACK && state.phase() != Phase.SIGNING) {
      return RefusalReason.WRONG_PHASE;
    }
    if (upTo < 1 || upTo > state.transcript().size()) {
      return RefusalReason.UNKNOWN_LINE;
    }
    return upTo == state.transcript().lastChange() ? null : RefusalReason.TRANSCRIPT_CHANGED;
  }

  private static @Nullable RefusalReason first(
      @Nullable RefusalReason one, @Nullable RefusalReason other) {
    return one == null ? other : one;
  }

  private static TranscriptEntry entry(RoomState state, SeatId by, Transcription what, Instant at) {
    var number = state.transcript().size() + 1;
    return switch (what) {
      case Transcription.Write(var key, var speaker, var text, var begun) ->
          new TranscriptEntry.Line(number, at, by, key, spokenAt(state, at, begun), speaker, text);
      case Transcription.Correct(var replaces, var speaker, var text, var reason, var objection) ->
          new TranscriptEntry.Correction(
              number, at, by, replaces, speaker, text, reason, objection);
      case Transcription.Strike(var replaces, var reason, var objection) ->
          new TranscriptEntry.Strike(number, at, by, replaces, reason, objection);
      case Transcription.RaiseObjection(var line, var text) ->
          new TranscriptEntry.Objection(number, at, by, line, text);
      case Transcription.RefuseObjection(var objection, var reason) ->
          new TranscriptEntry.Refusal(number, at, by, objection, reason);
      case Transcription.ConfirmReading(int upTo) ->
          new TranscriptEntry.Reading(number, at, by, upTo);
    };
  }

  /** Nothing was said before the session began. */
  private static Instant spokenAt(RoomState state, Instant at, Duration begun) {
    var spoken = at.minus(begun);
    var started = state.startedAt();
    return started != null && spoken.isBefore(started)
        ? started.truncatedTo(ChronoUnit.MILLIS)
        : spoken;
  }
}
