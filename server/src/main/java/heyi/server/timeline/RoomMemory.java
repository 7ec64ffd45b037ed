package heyi.server.timeline;

import heyi.media.MediaKind;
import heyi.signaling.room.Agreement;
import heyi.signaling.room.Background;
import heyi.signaling.room.Pause;
import heyi.signaling.room.PauseReason;
import heyi.signaling.room.Phase;
import heyi.signaling.room.Presence;
import heyi.signaling.room.RecordingLight;
import heyi.signaling.room.RoomSpec;
import heyi.signaling.room.RoomState;
import heyi.signaling.room.Seat;
import heyi.signaling.room.SeatId;
import heyi.signaling.room.Transcript;
import heyi.signaling.room.TranscriptEntry;
import heyi.signaling.socket.RestoredRoom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What {@link RoomTimeline} wrote, read back: the room as its last event left it. Events that say
 * nothing of the room's state are passed over.
 *
 * <p><b>Threads:</b> one; touches nothing but its arguments.
 */
public final class RoomMemory {
  private final RoomSpec spec;
  private final Function<String, @Nullable String> titles;
  private final Map<String, Seat> seats = new LinkedHashMap<>();
  private Phase phase = Phase.LOBBY;
  private @Nullable Pause pause;
  private @Nullable Instant startedAt;
  private @Nullable Agreement agreement;
  private final List<TranscriptEntry> transcript = new ArrayList<>();
  private int caucuses;
  private int restarts;

  private RoomMemory(RoomSpec spec, Function<String, @Nullable String> titles) {
    this.spec = spec;
    this.titles = titles;
    RoomState.opened(spec).seats().forEach(seat -> seats.put(seat.id().value(), seat));
  }

  /**
   * The room after these events.
   *
   * @param past in the order in which they happened
   * @param titles of documents by their id, null for one that is gone
   */
  public static RestoredRoom restore(
      RoomSpec spec, List<TimelineEvent> past, Function<String, @Nullable String> titles) {
    RoomMemory memory = new RoomMemory(spec, titles);
    past.forEach(memory::add);
    return memory.room();
  }

  private RestoredRoom room() {
    RecordingLight light = phase.hasMedia() ? RecordingLight.STARTING : RecordingLight.OFF;
    RoomState state =
        new RoomState(
            spec,
            phase,
            pause,
            light,
            startedAt,
            List.copyOf(seats.values()),
            agreement,
            null,
            List.of(),
            new Transcript(transcript),
            caucuses);
    return new RestoredRoom(state, restarts + 1);
  }

  private void add(TimelineEvent event) {
    switch (event.type()) {
      case "room-restored" -> restarts++;
      case "seat-joined", "seat-rejoined", "seat-taken-over" -> present(event, Presence.SEATED);
      case "seat-dropped" -> present(event, Presence.DROPPED);
      case "seat-left" -> present(event, Presence.LEFT);
      case "consent-given" -> change(event, RoomMemory::consenting);
      case "mute-changed" -> muted(event);
      case "phase-changed" -> phase(event);
      case "record-withheld" -> withheld(event);
      case "caucus-opened" -> apart(event);
      case "agreement-presented" -> presented(event);
      case "agreement-confirmed" -> change(event, seat -> saying(seat, Seat.Stance.CONFIRMED));
      case "agreement-declined" -> change(event, seat -> saying(seat, Seat.Stance.DECLINED));
      default -> written(event); // recorder, sources: gone with the server
    }
  }

  private void written(TimelineEvent event) {
    TranscriptEntry entry = TranscriptTimeline.read(event);
    if (entry != null) {
      transcript.add(entry);
    }
  }

  private void phase(TimelineEvent event) {
    Phase from = Phase.valueOf(event.data().path("from").asText());
    phase = Phase.valueOf(event.data().path("to").asText());
    Phase talk = from == Phase.PAUSED && pause != null ? pause.from() : from;
    pause = phase == Phase.PAUSED ? new Pause(pauseReason(event), talk) : null;
    if (from == Phase.LOBBY) {
      startedAt = event.at();
    }
  }

  /** A caucus is one once it is opened: a kill may have come between the two. */
  private static PauseReason pauseReason(TimelineEvent event) {
    String word = event.data().path("reason").asText(PauseReason.OTHER.name());
    PauseReason reason = PauseReason.valueOf(word.toUpperCase(Locale.ROOT));
    return reason == PauseReason.CAUCUS ? PauseReason.RECORDER : reason;
  }

  /** Follows the pause that it is about. */
  private void withheld(TimelineEvent event) {
    if (pause != null) {
      pause = new Pause(pause.reason(), pause.from(), event.data().path("why").asText());
    }
  }

  /** Follows the pause that it is about. */
  private void apart(TimelineEvent event) {
    caucuses++;
    String party = event.seatId();
    if (pause != null && party != null) {
      pause = Pause.caucus(pause.from(), new SeatId(party));
    }
  }

  private void muted(TimelineEvent event) {
    String kind = event.data().path("kind").asText().toUpperCase(Locale.ROOT);
    boolean muted = event.data().path("muted").asBoolean();
    boolean audio = MediaKind.valueOf(kind) == MediaKind.AUDIO;
    change(
        event,
        seat ->
            new Seat(
                seat.spec(),
                seat.presence(),
                seat.consented(),
                audio ? muted : seat.audioMuted(),
                audio ? seat.videoMuted() : muted,
                null,
                seat.stance(),
                Background.NONE,
                false));
  }

  private void presented(TimelineEvent event) {
    String id = event.data().path("documentId").asText();
    String title = titles.apply(id);
    agreement =
        title == null ? null : new Agreement(id, event.data().path("sha256").asText(), title);
    seats.replaceAll((_, seat) -> saying(seat, Seat.Stance.OPEN));
  }

  private void present(TimelineEvent event, Presence presence) {
    change(
        event,
        seat ->
            new Seat(
                seat.spec(),
                presence,
                seat.consented(),
                seat.audioMuted(),
                seat.videoMuted(),
                null,
                seat.stance(),
                Background.NONE,
                false));
  }

  private static Seat consenting(Seat seat) {
    return new Seat(
        seat.spec(),
        seat.presence(),
        true,
        seat.audioMuted(),
        seat.videoMuted(),
        null,
        seat.stance(),
        Background.NONE,
        false);
  }

  private static Seat saying(Seat seat, Seat.Stance stance) {
    return new Seat(
        seat.spec(),
        seat.presence(),
        seat.consented(),
        seat.audioMuted(),
        seat.videoMuted(),
        null,
        stance,
        Background.NONE,
        false);
  }

  private void change(TimelineEvent event, UnaryOperator<Seat> change) {
    String seat = event.seatId();
    if (seat != null) {
      seats.computeIfPresent(seat, (_, old) -> change.apply(old));
    }
  }
}
