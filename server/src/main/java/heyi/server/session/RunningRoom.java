package heyi.server.session;

import heyi.media.ConferenceId;
import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.recording.RecordedSource;
import heyi.recording.session.Recording;
import heyi.recording.session.SuspendedRecording;
import heyi.server.casefile.SessionId;
import heyi.server.timeline.TimelineEvent;
import heyi.signaling.room.Phase;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the conductor remembers of one session while its room is open. Touched only by the session's
 * lane, except what is said to be volatile or concurrent.
 */
final class RunningSession {
  /** Joins and consents before the recorder runs; a room has eight seats. */
  private static final int MAX_HELD_EVENTS = 1_000;

  private final SessionId id;
  private final Lane lane;
  private final Lane index;
  private final List<TimelineEvent> held = new ArrayList<>();
  private final Map<SourceName, RecordedSource> sources = new ConcurrentHashMap<>();
  private final Map<String, Instant> confirmations = new HashMap<>();
  private final Set<SeatKind> muted = new HashSet<>();
  private volatile @Nullable Recording recording;
  private @Nullable SuspendedRecording suspended;
  private int recordings;
  private boolean ended;
  private @Nullable ConferenceId conference;
  private @Nullable ConferenceId talking;
  private @Nullable String withheld;
  private boolean heldBack;
  private volatile Phase phase = Phase.LOBBY;

  private record SeatKind(String seatId, MediaKind kind) {}

  RunningSession(SessionId id) {
    this.id = id;
    this.lane = new Lane(id.value());
    this.index = new Lane(id.value());
  }

  SessionId id() {
    return id;
  }

  Lane lane() {
    return lane;
  }

  /**
   * What the database is told, in order: it may be away, and the recording must not wait for it.
   */
  Lane index() {
    return index;
  }

  Phase phase() {
    return phase;
  }

  void phase(Phase next) {
    phase = next;
  }

  /** Why the talk is off the record; null while it is on it. */
  @Nullable String withheld() {
    return withheld;
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

  /** What the names of a session's recordings start with; a number follows. */
  static String recordingPrefix(SessionId session) {
    return session.value() + "-";
  }

  /** A name never used before, for the session's next recording. */
  String nextRecordingName() {
    recordings++;
    return recordingPrefix(id) + recordings;
  }

  /** The session goes on after its server was killed. */
  void resumes(PastSession past) {
    SuspendedRecording left = past.recording();
    suspended = left;
    if (left == null) {
      past.events().forEach(this::hold);
    } else {
      String number = left.id().value().substring(recordingPrefix(id).length());
      recordings = Integer.parseInt(number);
    }
    for (TimelineEvent event : past.events()) {
      String seat = event.seatId();
      switch (event.type()) {
        case "record-withheld" -> withheld = event.data().path("why").asText();
        case "record-resumed" -> withheld = null;
        case "agreement-presented" -> clearConfirmations();
        case "agreement-confirmed" -> confirm(Objects.requireNonNull(seat), event.at());
        case "mute-changed" -> {
          String kind = event.data().path("kind").asText().toUpperCase(Locale.ROOT);
          boolean now = event.data().path("muted").asBoolean();
          muted(Objects.requireNonNull(seat), MediaKind.valueOf(kind), now);
        }
        case "agreement-declined" -> withdrawConfirmation(Objects.requireNonNull(seat));
        default -> {} // the room remembers it
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

  Future<Void> clearConfirmations() {
    confirmations.clear();
    return Future.succeededFuture();
  }

  Future<Void> withdrawConfirmation(String seatId) {
    confirmations.remove(seatId);
    return Future.succeededFuture();
  }

  /** Notes a confirmation and gives back all of them. */
  Map<String, Instant> confirm(String seatId, Instant at) {
    confirmations.put(seatId, at);
    return Map.copyOf(confirmations);
  }
}
