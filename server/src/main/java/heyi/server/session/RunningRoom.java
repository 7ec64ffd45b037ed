package heyi.server.session;

import heyi.media.ConferenceId;
import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingClass;
import heyi.recording.session.Recording;
import heyi.recording.session.RecordingState;
import heyi.recording.session.SuspendedRecording;
import heyi.server.casefile.SessionId;
import heyi.server.timeline.TimelineEvent;
import heyi.signaling.room.Phase;
import heyi.signaling.room.RoomId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one room and its recording, be it that of a session or of a caucus. Touched
 * only by the room's lane, except what is said to be volatile or concurrent.
 */
final class RunningRoom {
  /** Joins and consents before the recorder runs; a room has eight seats. */
  private static final int MAX_HELD_EVENTS = 1_000;

  private final RoomId id;
  private final SessionId session;
  private final RecordingClass recordingClass;
  private final Supplier<String> names;
  private final Consumer<TimelineEvent> index;
  private final Lane lane;
  private final List<TimelineEvent> held = new ArrayList<>();
  private final Map<SourceName, RecordedSource> sources = new ConcurrentHashMap<>();
  private final Set<SeatKind> muted = new HashSet<>();
  private volatile @Nullable Recording recording;
  private @Nullable SuspendedRecording suspended;
  private boolean ended;
  private @Nullable ConferenceId conference;
  private @Nullable ConferenceId talking;
  private @Nullable String withheld;
  private boolean heldBack;
  private volatile Phase phase = Phase.LOBBY;

  private record SeatKind(String seatId, MediaKind kind) {}

  private RunningRoom(
      RoomId id,
      SessionId session,
      RecordingClass recordingClass,
      Supplier<String> names,
      Consumer<TimelineEvent> index) {
    this.id = id;
    this.session = session;
    this.recordingClass = recordingClass;
    this.names = names;
    this.index = index;
    this.lane = new Lane(id.value());
  }

  /**
   * The room in which everybody is.
   *
   * @param names never used before, for one recording after the other
   * @param index where its events can be looked up
   */
  static RunningRoom joint(
      SessionId session, Supplier<String> names, Consumer<TimelineEvent> index) {
    return new RunningRoom(
        new RoomId(session.value()), session, RecordingClass.JOINT, names, index);
  }

  /**
   * The room of a private talk, recorded under its name. What happens in it can be looked up
   * nowhere: it is in its own ledger only.
   */
  static RunningRoom caucus(SessionId session, RoomId id) {
    return new RunningRoom(id, session, RecordingClass.SEALED, id::value, _ -> {});
  }

  RoomId id() {
    return id;
  }

  SessionId session() {
    return session;
  }

  /** Who may ever open what is recorded here. */
  RecordingClass recordingClass() {
    return recordingClass;
  }

  /** A name for the room's next recording. */
  String nextRecordingName() {
    return names.get();
  }

  /** Makes it possible to look the event up, where that is allowed. */
  void index(TimelineEvent event) {
    index.accept(event);
  }

  Lane lane() {
    return lane;
  }

  Phase phase() {
    return phase;
  }

  void phase(Phase next) {
    phase = next;
  }

  /** The talk goes off the record, or back on it; a recording that runs is told. */
  Future<Void> withheld(@Nullable String why) {
    withheld = why;
    Recording current = recording;
    return current == null ? Future.succeededFuture() : obey(current);
  }

  /** Makes a recording do what the mediator said of the record. */
  Future<Void> obey(Recording current) {
    String why = withheld;
    return why == null ? current.onRecord() : current.offRecord(why);
  }

  @Nullable Recording recording() {
    return recording;
  }

  void recording(Recording started, ConferenceId of) {
    recording = started;
    suspended = null;
    conference = of;
  }

  /** Whether something is recorded, and may go on to be. */
  boolean isRecorded() {
    Recording current = recording;
    return current != null && current.state() != RecordingState.FAILED;
  }

  /** Whether the recording is of this conference. */
  boolean records(ConferenceId candidate) {
    return recording != null && candidate.equals(conference);
  }

  /** The recording is closed: what happens from now on is not part of the evidence. */
  void endRecording() {
    recording = null;
    suspended = null;
    ended = true;
  }

  /** The room goes on after its server was killed. */
  void resumes(PastSession past) {
    SuspendedRecording left = past.recording();
    suspended = left;
    if (left == null) {
      past.events().forEach(this::hold);
    }
    for (TimelineEvent event : past.events()) {
      switch (event.type()) {
        case "record-withheld" -> withheld = event.data().path("why").asText();
        case "record-resumed" -> withheld = null;
        case "mute-changed" -> {
          String kind = event.data().path("kind").asText().toUpperCase(Locale.ROOT);
          boolean now = event.data().path("muted").asBoolean();
          muted(Objects.requireNonNull(event.seatId()), MediaKind.valueOf(kind), now);
        }
        default -> {} // the signaling remembers it
      }
    }
  }

  /** The recording has failed; it goes on from what is on the disk, or another one begins. */
  void brokenOff(Optional<SuspendedRecording> left) {
    recording = null;
    suspended = left.orElse(null);
  }

  /** The recording that broke off and that nobody went on with yet. */
  @Nullable SuspendedRecording suspended() {
    return suspended;
  }

  /** Keeps an event for the ledger that does not exist yet. */
  void hold(TimelineEvent event) {
    if (!ended && held.size() < MAX_HELD_EVENTS) {
      held.add(event);
    }
  }

  /** The held events, once. */
  List<TimelineEvent> takeHeld() {
    List<TimelineEvent> taken = List.copyOf(held);
    held.clear();
    return taken;
  }

  /** The room talks in this conference now; what was published in another one is gone. */
  void talksIn(ConferenceId next) {
    if (!next.equals(talking)) {
      sources.clear();
      talking = next;
    }
  }

  /** A source is published; a recording that runs is told. */
  Future<Void> sourceAdded(RecordedSource source) {
    sources.put(source.source().name(), source);
    Recording current = recording;
    return current == null ? Future.succeededFuture() : announce(current, source);
  }

  void sourceRemoved(SourceName source) {
    sources.remove(source);
  }

  /** A recording that begins or goes on hears of everything that is published already. */
  Future<Void> announceAll(Recording current) {
    return Future.join(sources.values().stream().map(one -> announce(current, one)).toList())
        .mapEmpty();
  }

  private Future<Void> announce(Recording current, RecordedSource source) {
    Future<Void> added = current.sourceAdded(source);
    return isSilenced(source)
        ? added.compose(_ -> current.sourceMuted(source.source().name(), true))
        : added;
  }

  /** A seat mutes or unmutes one kind; a recording that runs is told. */
  Future<Void> muted(String seatId, MediaKind kind, boolean now) {
    SeatKind key = new SeatKind(seatId, kind);
    if (now) {
      muted.add(key);
    } else {
      muted.remove(key);
    }
    return tellSilenced(
        sources.values().stream()
            .filter(one -> new SeatKind(one.seatId(), one.source().kind()).equals(key))
            .toList());
  }

  /** The bridge holds back what everybody sends, or does so no more: that is no alarm. */
  Future<Void> heldBack(boolean now) {
    heldBack = now;
    return tellSilenced(List.copyOf(sources.values()));
  }

  private boolean isSilenced(RecordedSource source) {
    return heldBack || muted.contains(new SeatKind(source.seatId(), source.source().kind()));
  }

  private Future<Void> tellSilenced(List<RecordedSource> some) {
    Recording current = recording;
    return current == null
        ? Future.succeededFuture()
        : Future.join(
                some.stream()
                    .map(one -> current.sourceMuted(one.source().name(), isSilenced(one)))
                    .toList())
            .mapEmpty();
  }

  /** Everyone has hung up: what the recorder no longer hears is no alarm. */
  Future<Void> sourcesGone() {
    Recording current = recording;
    return current == null
        ? Future.succeededFuture()
        : Future.join(sources.keySet().stream().map(current::sourceRemoved).toList()).mapEmpty();
  }
}
