package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.mux.MadeTrack;
import heyi.recording.packaging.RecordingEvents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every hole in what can be played of a seat, with the cause that the ledger tells. Pure.
 *
 * <p>The fact that covers most of a hole is its cause; where no fact is near, the cause is {@code
 * unknown}: nothing is made up.
 */
final class SourceGaps {
  /** Shorter holes are how talk sounds and phones film; the muxing process uses the same. */
  private static final long LEAST_MILLIS = 1_000;

  /** A fact is told a little before or after the packets stop. */
  private static final long NEAR_MILLIS = 1_500;

  /** A system that takes a page's devices does it soon after the page is hidden. */
  private static final long AT_ONCE_MILLIS = 10_000;

  private static final String UNKNOWN = "unknown";
  private static final String BACKGROUND = "background";
  private static final List<String> KINDS = List.of("audio", "video");

  private final List<Fact> facts = new ArrayList<>();
  private final Map<String, Open> open = new HashMap<>();
  private final Map<String, String> seatOfSource = new HashMap<>();
  private final Map<String, String> kindOfSource = new HashMap<>();
  private long endMillis;

  private record Lane(String seatId, String kind) {}

  private record Open(long fromMillis, long sequence, @Nullable String reason) {}

  /** Null seat or kind: everybody, everything. */
  private record Fact(
      @Nullable String seatId,
      @Nullable String kind,
      long fromMillis,
      long toMillis,
      String cause,
      long sequence,
      @Nullable String reason) {
    boolean concerns(Lane lane) {
      return (seatId == null || seatId.equals(lane.seatId()))
          && (kind == null || kind.equals(lane.kind()));
    }

    long covers(long from, long to) {
      return Math.min(toMillis + NEAR_MILLIS, to) - Math.max(fromMillis - NEAR_MILLIS, from);
    }

    /**
     * How well it explains the hole. A page lies hidden for hours and sends all the time: that
     * explains only what stops soon after, or what nothing else explains. A capture that the system
     * took is told as mute, too, to excuse its silence: then it is the better word.
     */
    long explains(long from, long to) {
      if (!cause.equals(BACKGROUND)) {
        return covers(from, to);
      }
      boolean atOnce = fromMillis + AT_ONCE_MILLIS >= from;
      return !atOnce ? 1 : covers(from, to) + (kind == null ? -1 : NEAR_MILLIS);
    }
  }

  private SourceGaps() {}

  /**
   * The entries to append.
   *
   * @param entries of the ledger so far
   * @param tracks what can be played
   */
  static List<LedgerEvent> of(List<LedgerEntry> entries, List<MadeTrack> tracks) {
    SourceGaps gaps = new SourceGaps();
    entries.forEach(gaps::read);
    gaps.closeOpen();
    Map<Lane, List<MadeTrack>> lanes = new TreeMap<>(BY_NAME);
    for (MadeTrack track : tracks) {
      String kind = track.kind().name().toLowerCase(Locale.ROOT);
      lanes.computeIfAbsent(new Lane(track.seatId(), kind), lane -> new ArrayList<>()).add(track);
    }
    List<LedgerEvent> events = new ArrayList<>();
    lanes.forEach((lane, made) -> gaps.holes(lane, made, events));
    return events;
  }

  private static final Comparator<Lane> BY_NAME =
      Comparator.comparing(Lane::seatId).thenComparing(Lane::kind);

  private void holes(Lane lane, List<MadeTrack> tracks, List<LedgerEvent> events) {
    List<MadeTrack> ordered =
        tracks.stream().sorted(Comparator.comparingLong(MadeTrack::offsetMillis)).toList();
    long playedTo = ordered.getFirst().offsetMillis();
    for (MadeTrack track : ordered) {
      hole(lane, playedTo, track.offsetMillis(), events);
      track.gaps().forEach(gap -> hole(lane, gap.fromMillis(), gap.toMillis(), events));
      playedTo = Math.max(playedTo, track.offsetMillis() + track.durationMillis());
    }
    hole(lane, playedTo, endMillis, events);
  }

  private void hole(Lane lane, long from, long to, List<LedgerEvent> events) {
    if (to - from < LEAST_MILLIS) {
      return;
    }
    ObjectNode payload = CanonicalJson.object();
    payload.put("seatId", lane.seatId());
    payload.put("kind", lane.kind());
    payload.put("fromMillis", from);
    payload.put("toMillis", to);
    facts.stream()
        .filter(fact -> fact.concerns(lane) && fact.covers(from, to) > 0)
        .max(Comparator.comparingLong(fact -> fact.explains(from, to)))
        .ifPresentOrElse(fact -> tell(fact, payload), () -> payload.put("cause", UNKNOWN));
    events.add(new LedgerEvent(RecordingEvents.SOURCE_GAP, payload));
  }

  private static void tell(Fact fact, ObjectNode payload) {
    payload.put("cause", fact.cause()).put("toldBy", fact.sequence());
    if (fact.reason() != null) {
      payload.put("reason", fact.reason());
    }
  }

  private void read(LedgerEntry entry) {
    ObjectNode payload = entry.payload();
    long at = entry.offset().toMillis();
    String seat = payload.path("seatId").asText("");
    switch (entry.type()) {
      case RecordingEvents.GAP -> {
        String told = payload.path("cause").asText();
        span(
            entry,
            null,
            null,
            switch (told) {
              case "bridge", "connection" -> "bridge";
              case SuspendedRecording.SERVER_RESTART -> SuspendedRecording.SERVER_RESTART;
              default -> "recorder";
            });
      }
      case RecordingEvents.PAUSED -> begin("recorder", entry, at);
      case RecordingEvents.RESUMED -> end("recorder", null, null, "recorder", at);
      case RecordingEvents.CAPTURE_STALL -> {
        String source = payload.path("source").asText();
        span(entry, seatOfSource.get(source), kindOfSource.get(source), "capture-stall");
      }
      case "source-added" -> {
        String source = payload.path("source").asText();
        seatOfSource.put(source, seat);
        kindOfSource.put(source, payload.path("kind").asText().toLowerCase(Locale.ROOT));
      }
      case "mute-changed" -> {
        String kind = payload.path("kind").asText();
        String key = "mute " + seat + " " + kind;
        if (payload.path("muted").asBoolean()) {
          begin(key, entry, at);
        } else {
          end(key, seat, kind, "mute", at);
        }
      }
      case RecordingEvents.OFF_RECORD -> begin(RecordingEvents.OFF_RECORD, entry, at);
      case RecordingEvents.ON_RECORD ->
          end(RecordingEvents.OFF_RECORD, null, null, RecordingEvents.OFF_RECORD, at);
      case "background-changed" -> background(seat, entry, at);
      case "seat-taken-over" -> inFront(seat, at);
      case "seat-left" -> begin("leave " + seat, entry, at);
      case "seat-dropped" -> begin("network " + seat, entry, at);
      case "seat-joined", "seat-rejoined" -> {
        end("leave " + seat, seat, null, "leave", at);
        end("network " + seat, seat, null, "network", at);
        inFront(seat, at);
      }
      case RecordingEvents.STOPPED, RecordingEvents.INTERRUPTED -> {
        endMillis = payload.path("fromMillis").asLong(at);
      }
      default -> {} // says nothing of why packets do not come
    }
  }

  private void span(LedgerEntry entry, @Nullable String seat, @Nullable String kind, String cause) {
    facts.add(
        new Fact(
            seat,
            kind,
            entry.payload().path("fromMillis").asLong(),
            entry.payload().path("toMillis").asLong(),
            cause,
            entry.sequence(),
            null));
  }

  private void begin(String key, LedgerEntry entry, long at) {
    String reason = entry.payload().path("reason").asText(null);
    open.putIfAbsent(key, new Open(at, entry.sequence(), reason));
  }

  /** What the device holds back of the page, complete: what is not named any more is over. */
  private void background(String seat, LedgerEntry entry, long at) {
    List<String> held = new ArrayList<>();
    entry.payload().path("interrupted").forEach(kind -> held.add(kind.asText()));
    for (String kind : KINDS) {
      backgroundOf(seat, kind, held.contains(kind), entry, at);
    }
    backgroundOf(seat, null, entry.payload().path("hidden").asBoolean(), entry, at);
  }

  private void backgroundOf(
      String seat, @Nullable String kind, boolean held, LedgerEntry entry, long at) {
    String key = BACKGROUND + " " + seat + (kind == null ? "" : " " + kind);
    if (held) {
      begin(key, entry, at);
    } else {
      end(key, seat, kind, BACKGROUND, at);
    }
  }

  /** Who comes back with a page has it in front of him, and would tell otherwise. */
  private void inFront(String seat, long at) {
    end(BACKGROUND + " " + seat, seat, null, BACKGROUND, at);
    KINDS.forEach(kind -> end(BACKGROUND + " " + seat + " " + kind, seat, kind, BACKGROUND, at));
  }

  private void end(
      String key, @Nullable String seat, @Nullable String kind, String cause, long at) {
    Open begun = open.remove(key);
    if (begun != null) {
      facts.add(
          new Fact(seat, kind, begun.fromMillis(), at, cause, begun.sequence(), begun.reason()));
    }
  }

  /** What had not ended when the recording did. */
  private void closeOpen() {
    for (String key : List.copyOf(open.keySet())) {
      String[] words = key.split(" ", -1);
      String seat = words.length > 1 ? words[1] : null;
      String kind = words.length > 2 ? words[2] : null;
      end(key, seat, kind, words[0], endMillis);
    }
  }
}
