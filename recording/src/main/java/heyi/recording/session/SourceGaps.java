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
import java.util.LinkedHashMap;
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

  /** Nobody led: the room let nothing through. */
  private static final String HELD_BACK = "held-back";

  /** The mediator talked with one of them alone: nobody is in the room of all, or heard there. */
  private static final String CAUCUS = "caucus";

  /** Published, and the first sound or whole picture is on its way. */
  private static final String STARTING = "starting";

  private static final List<String> KINDS = List.of("audio", "video");

  private final List<Fact> facts = new ArrayList<>();
  private final Map<Cause, Open> open = new LinkedHashMap<>();
  private final Map<String, Lane> laneOfSource = new HashMap<>();
  private final Map<Lane, Long> publishedMillis = new HashMap<>();
  private final Map<String, Open> publishedSources = new HashMap<>();
  private long endMillis;

  private record Lane(String seatId, String kind) {}

  private record Open(long fromMillis, long sequence, @Nullable String reason) {}

  /** Why packets do not come, and whose. Null seat or kind: everybody, everything. */
  private record Cause(String word, @Nullable String seatId, @Nullable String kind) {
    Cause(String word) {
      this(word, null, null);
    }

    Cause(String word, String seatId) {
      this(word, seatId, null);
    }

    boolean concerns(Lane lane) {
      return (seatId == null || seatId.equals(lane.seatId()))
          && (kind == null || kind.equals(lane.kind()));
    }
  }

  private record Fact(
      Cause cause, long fromMillis, long toMillis, long sequence, @Nullable String reason) {

    long covers(long from, long to) {
      return Math.min(toMillis + NEAR_MILLIS, to) - Math.max(fromMillis - NEAR_MILLIS, from);
    }

    /**
     * How well it explains the hole. What goes with a caucus (held back, left, muted meanwhile) is
     * explained by the caucus; a start explains only what nothing else does. A page lies hidden for
     * hours and sends all the time: that explains only what stops soon after, or what nothing else
     * explains. A capture that the system took is told as mute, too, to excuse its silence: then it
     * is the better word.
     */
    long explains(long from, long to) {
      return switch (cause.word()) {
        case BACKGROUND -> background(from, to);
        case CAUCUS -> covers(from, to) + 2 * NEAR_MILLIS;
        case STARTING -> 0;
        default -> covers(from, to);
      };
    }

    private long background(long from, long to) {
      boolean atOnce = fromMillis + AT_ONCE_MILLIS >= from;
      return !atOnce ? 1 : covers(from, to) + (cause.kind() == null ? -1 : NEAR_MILLIS);
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
    long begins = ordered.getFirst().offsetMillis();
    // Published and not to be played yet is a hole as any other.
    long playedTo = Math.min(begins, publishedMillis.getOrDefault(lane, begins));
    for (MadeTrack track : ordered) {
      starts(lane, track, playedTo);
      hole(lane, playedTo, track.offsetMillis(), events);
      track.gaps().forEach(gap -> hole(lane, gap.fromMillis(), gap.toMillis(), events));
      playedTo = Math.max(playedTo, track.offsetMillis() + track.durationMillis());
    }
    hole(lane, playedTo, endMillis, events);
  }

  /** A start explains a hole of which it is the most. */
  private void starts(Lane lane, MadeTrack track, long from) {
    Open published = publishedSources.get(track.source().value());
    long to = track.offsetMillis();
    if (published != null && to - published.fromMillis() > published.fromMillis() - from) {
      Cause cause = new Cause(STARTING, lane.seatId(), lane.kind());
      facts.add(new Fact(cause, published.fromMillis(), to, published.sequence(), null));
    }
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
        .filter(fact -> fact.cause().concerns(lane) && fact.covers(from, to) > 0)
        .max(Comparator.comparingLong(fact -> fact.explains(from, to)))
        .ifPresentOrElse(fact -> tell(fact, payload), () -> payload.put("cause", UNKNOWN));
    events.add(new LedgerEvent(RecordingEvents.SOURCE_GAP, payload));
  }

  private static void tell(Fact fact, ObjectNode payload) {
    payload.put("cause", fact.cause().word()).put("toldBy", fact.sequence());
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
        String word =
            switch (told) {
              case "bridge", "connection" -> "bridge";
              case SuspendedRecording.SERVER_RESTART -> SuspendedRecording.SERVER_RESTART;
              default -> "recorder";
            };
        span(entry, new Cause(word));
      }
      case RecordingEvents.PAUSED -> begin(new Cause("recorder"), entry);
      case RecordingEvents.RESUMED -> end(new Cause("recorder"), at);
      case RecordingEvents.CAPTURE_STALL -> {
        Lane lane = laneOfSource.get(payload.path("source").asText());
        String word = RecordingEvents.CAPTURE_STALL;
        span(entry, lane == null ? new Cause(word) : new Cause(word, lane.seatId(), lane.kind()));
      }
      case "source-added" -> {
        String source = payload.path("source").asText();
        String kind = payload.path("kind").asText().toLowerCase(Locale.ROOT);
        Lane lane = new Lane(seat, kind);
        laneOfSource.put(source, lane);
        publishedMillis.putIfAbsent(lane, at);
        publishedSources.putIfAbsent(source, new Open(at, entry.sequence(), null));
      }
      case "mute-changed" -> {
        String kind = payload.path("kind").asText();
        toggle(payload.path("muted").asBoolean(), new Cause("mute", seat, kind), entry);
      }
      case RecordingEvents.OFF_RECORD -> begin(new Cause(RecordingEvents.OFF_RECORD), entry);
      case RecordingEvents.ON_RECORD -> end(new Cause(RecordingEvents.OFF_RECORD), at);
      case HELD_BACK -> toggle(payload.path("held").asBoolean(), new Cause(HELD_BACK), entry);
      case "caucus-opened" -> begin(new Cause(CAUCUS), entry);
      case "caucus-ended" -> end(new Cause(CAUCUS), at);
      case "room-restored" -> end(new Cause(HELD_BACK), at);
      case "background-changed" -> background(seat, entry);
      case "seat-taken-over" -> inFront(seat, at);
      case "seat-left" -> begin(new Cause("leave", seat), entry);
      case "seat-dropped" -> begin(new Cause("network", seat), entry);
      case "seat-joined", "seat-rejoined" -> {
        end(new Cause("leave", seat), at);
        end(new Cause("network", seat), at);
        inFront(seat, at);
      }
      case RecordingEvents.STOPPED, RecordingEvents.INTERRUPTED -> {
        endMillis = payload.path("fromMillis").asLong(at);
      }
      default -> {} // says nothing of why packets do not come
    }
  }

  private void span(LedgerEntry entry, Cause cause) {
    ObjectNode payload = entry.payload();
    facts.add(
        new Fact(
            cause,
            payload.path("fromMillis").asLong(),
            payload.path("toMillis").asLong(),
            entry.sequence(),
            null));
  }

  /** A fact that lasts until it is told that it does not. */
  private void toggle(boolean begins, Cause cause, LedgerEntry entry) {
    if (begins) {
      begin(cause, entry);
    } else {
      end(cause, entry.offset().toMillis());
    }
  }

  private void begin(Cause cause, LedgerEntry entry) {
    String reason = entry.payload().path("reason").asText(null);
    open.putIfAbsent(cause, new Open(entry.offset().toMillis(), entry.sequence(), reason));
  }

  /** What the device holds back of the page, complete: what is not named any more is over. */
  private void background(String seat, LedgerEntry entry) {
    List<String> held = new ArrayList<>();
    entry.payload().path("interrupted").forEach(kind -> held.add(kind.asText()));
    for (String kind : KINDS) {
      toggle(held.contains(kind), new Cause(BACKGROUND, seat, kind), entry);
    }
    toggle(entry.payload().path("hidden").asBoolean(), new Cause(BACKGROUND, seat), entry);
  }

  /** Who comes back with a page has it in front of him, and would tell otherwise. */
  private void inFront(String seat, long at) {
    end(new Cause(BACKGROUND, seat), at);
    KINDS.forEach(kind -> end(new Cause(BACKGROUND, seat, kind), at));
  }

  private void end(Cause cause, long at) {
    Open begun = open.remove(cause);
    if (begun != null) {
      facts.add(new Fact(cause, begun.fromMillis(), at, begun.sequence(), begun.reason()));
    }
  }

  /** What had not ended when the recording did. */
  private void closeOpen() {
    List.copyOf(open.keySet()).forEach(cause -> end(cause, endMillis));
  }
}
