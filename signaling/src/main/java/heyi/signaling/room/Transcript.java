package heyi.signaling.room;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The transcript of one conference, as everyone of that conference reads it. Immutable.
 *
 * <p>A caucus is a conference of its own, with a room state and thereby a transcript of its own:
 * there is no way from one to the other.
 *
 * @param entries in their order; entry {@code n} is at {@code n − 1}
 */
public record Transcript(List<TranscriptEntry> entries) {
  /** Nothing written yet. */
  public static final Transcript EMPTY = new Transcript(List.of());

  /** Checks the numbers and copies the list. */
  public Transcript {
    entries = List.copyOf(entries);
    if (!entries.isEmpty() && entries.getLast().number() != entries.size()) {
      throw new IllegalArgumentException("an entry is missing");
    }
  }

  /** The number of the last entry; 0 when there is none. */
  public int size() {
    return entries.size();
  }

  /** What follows an entry. */
  public List<TranscriptEntry> after(int number) {
    return entries.subList(Math.clamp(number, 0, entries.size()), entries.size());
  }

  /** With one more entry, which has the next number. */
  public Transcript with(TranscriptEntry entry) {
    var next = new ArrayList<>(entries);
    next.add(entry);
    return new Transcript(next);
  }

  /** Finds an entry. */
  Optional<TranscriptEntry> entry(int number) {
    return number < 1 || number > entries.size()
        ? Optional.empty()
        : Optional.of(entries.get(number - 1));
  }

  /** Whether it is a version of a line: one that can be replaced and objected to. */
  boolean isVersion(int number) {
    return entry(number)
        .filter(
            found ->
                found instanceof TranscriptEntry.Line
                    || found instanceof TranscriptEntry.Correction)
        .isPresent();
  }

  /** Whether a correction or a strike took its place. */
  boolean isReplaced(int number) {
    return after(number).stream()
        .anyMatch(
            entry ->
                switch (entry) {
                  case TranscriptEntry.Correction correction -> correction.replaces() == number;
                  case TranscriptEntry.Strike strike -> strike.replaces() == number;
                  default -> false;
                });
  }

  /** Whether the mediator answered it. */
  boolean isAnswered(int objection) {
    return after(objection).stream()
        .anyMatch(
            entry ->
                switch (entry) {
                  case TranscriptEntry.Correction correction ->
                      Integer.valueOf(objection).equals(correction.objection());
                  case TranscriptEntry.Strike strike ->
                      Integer.valueOf(objection).equals(strike.objection());
                  case TranscriptEntry.Refusal refusal -> refusal.objection() == objection;
                  default -> false;
                });
  }

  /** The number of the last entry that changes a line; 0 when there is none. */
  int lastChange() {
    for (TranscriptEntry entry : entries.reversed()) {
      switch (entry) {
        case TranscriptEntry.Line _, TranscriptEntry.Correction _, TranscriptEntry.Strike _ -> {
          return entry.number();
        }
        case TranscriptEntry.Objection _, TranscriptEntry.Refusal _, TranscriptEntry.Reading _ -> {}
      }
    }
    return 0;
  }

  /** Whether a line with this key stands there. */
  boolean hasKey(String key) {
    return entries.stream()
        .anyMatch(entry -> entry instanceof TranscriptEntry.Line line && line.key().equals(key));
  }

  /** Whether the participant has read it as it is now. */
  boolean isReadBy(SeatId seat) {
    int last = lastChange();
    return entries.stream()
        .anyMatch(
            entry ->
                entry instanceof TranscriptEntry.Reading reading
                    && reading.by().equals(seat)
                    && reading.upTo() == last);
  }

  /** How many entries of a seat came within this time; a clock that was set back hides none. */
  long recent(SeatId seat, Instant now, Duration within) {
    var from = now.minus(within);
    return entries.stream()
        .filter(entry -> entry.by().equals(seat))
        .filter(entry -> entry.at().isAfter(from) && !entry.at().isAfter(now))
        .count();
  }
}
