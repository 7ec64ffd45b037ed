package heyi.signaling.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A room as it is now. Immutable.
 *
 * @param spec what it was opened with
 * @param phase where the session stands
 * @param pause why and until when, while it is paused
 * @param light what is told of the recording
 * @param startedAt when the recorded session began
 * @param seats in the order of the spec
 * @param agreement the document to confirm
 * @param rootHash of the verified evidence
 * @param silent what the recorder should receive and does not; while something is, the light is not
 *     on
 * @param transcript what is written so far
 * @param caucuses how many were opened so far
 */
public record RoomState(
    RoomSpec spec,
    Phase phase,
    @Nullable Pause pause,
    RecordingLight light,
    @Nullable Instant startedAt,
    List<Seat> seats,
    @Nullable Agreement agreement,
    @Nullable String rootHash,
    List<SilentSource> silent,
    Transcript transcript,
    int caucuses) {

  /** Copies the lists. */
  public RoomState {
    seats = List.copyOf(seats);
    silent = List.copyOf(silent);
  }

  /** The room before anybody came. */
  public static RoomState opened(RoomSpec spec) {
    var seats = spec.seats().stream().map(Seat::invited).toList();
    return new RoomState(
        spec,
        Phase.LOBBY,
        null,
        RecordingLight.OFF,
        null,
        seats,
        null,
        null,
        List.of(),
        Transcript.EMPTY,
        0);
  }

  /** The room of a private talk: who is in it is there already and waits for the recorder. */
  static RoomState caucus(RoomSpec spec, List<Seat> seats, Instant at) {
    return new RoomState(
        spec,
        Phase.PAUSED,
        new Pause(PauseReason.RECORDER, Phase.JOINT),
        RecordingLight.STARTING,
        at,
        seats,
        null,
        null,
        List.of(),
        Transcript.EMPTY,
        0);
  }

  /** The room's id. */
  public RoomId id() {
    return spec.id();
  }

  /** Finds a seat. */
  public Optional<Seat> seat(SeatId id) {
    return seats.stream().filter(seat -> seat.id().equals(id)).findFirst();
  }

  /** Whether it is paused for this reason. */
  public boolean isPausedFor(PauseReason reason) {
    return pause != null && pause.reason() == reason;
  }

  /** Whether something of a seated participant stays away though the recorder came anew. */
  boolean missesSomebody() {
    return silent.stream().anyMatch(this::isMissed);
  }

  boolean isMissed(SilentSource source) {
    return source.givenUp() && isSeated(source.seat());
  }

  /** Whether somebody sits there now. */
  public boolean isSeated(SeatId id) {
    return seat(id).filter(seat -> seat.presence() == Presence.SEATED).isPresent();
  }

  /** Whether he is in the room of the private talk that is open. */
  public boolean isApart(SeatId id) {
    return pause != null
        && pause.seat() != null
        && (id.equals(pause.seat())
            || seat(id).filter(seat -> seat.spec().role() == Role.MEDIATOR).isPresent());
  }

  /** Whether somebody sits there now, and not in the room of a private talk. */
  public boolean isHere(SeatId id) {
    return isSeated(id) && !isApart(id);
  }

  /** Whether nobody leads: then the parties neither see nor hear each other. */
  public boolean leaderless() {
    return phase.hasMedia()
        && seats.stream().anyMatch(seat -> seat.missed() && seat.spec().role() == Role.MEDIATOR);
  }

  /** Whether nobody here is let through: nobody leads, or who does talks to one party alone. */
  public boolean isSilenced() {
    return leaderless() || isPausedFor(PauseReason.CAUCUS);
  }

  /** For whom the talk has to wait; null when for nobody. */
  @Nullable PauseReason absence() {
    if (leaderless()) {
      return PauseReason.MEDIATOR_AWAY;
    }
    return seats.stream().anyMatch(Seat::missed) ? PauseReason.PARTY_AWAY : null;
  }

  /** The mediator leads on without those who are away. */
  RoomState waitingForNobody() {
    var next = this;
    for (Seat seat : seats) {
      next = next.change(seat.id(), old -> old.missed(false));
    }
    return next;
  }

  RoomState in(Phase next) {
    return but(
        copy -> {
          copy.phase = next;
          copy.pause = null;
        });
  }

  RoomState paused(Pause next) {
    return but(
        copy -> {
          copy.phase = Phase.PAUSED;
          copy.pause = next;
        });
  }

  RoomState lit(RecordingLight next) {
    return but(copy -> copy.light = next);
  }

  RoomState without(List<SilentSource> next) {
    return but(copy -> copy.silent = next);
  }

  RoomState startedAt(Instant next) {
    return but(copy -> copy.startedAt = next);
  }

  /** With another transcript and all else as it is. */
  public RoomState writing(Transcript next) {
    return but(copy -> copy.transcript = next);
  }

  RoomState with(Agreement next) {
    return but(
        copy -> {
          copy.seats = seats.stream().map(seat -> seat.saying(Seat.Stance.OPEN)).toList();
          copy.agreement = next;
        });
  }

  /** Two of them leave for a room of their own, for as long as it is open. */
  RoomState apart(Pause caucus) {
    return paused(caucus).but(copy -> copy.caucuses++);
  }

  /** Without endpoints: the conference is over. */
  RoomState withoutMedia() {
    return but(copy -> copy.seats = seats.stream().map(seat -> seat.on(null)).toList());
  }

  RoomState sealed(String root) {
    return but(
        copy -> {
          copy.light = RecordingLight.VERIFIED;
          copy.rootHash = root;
          copy.silent = List.of();
        });
  }

  RoomState change(SeatId id, UnaryOperator<Seat> change) {
    return but(
        copy ->
            copy.seats = seats.stream().map(s -> s.id().equals(id) ? change.apply(s) : s).toList());
  }

  /** As it is but for what is said. */
  private RoomState but(Consumer<Copy> change) {
    var copy = new Copy(this);
    change.accept(copy);
    return new RoomState(
        spec,
        copy.phase,
        copy.pause,
        copy.light,
        copy.startedAt,
        copy.seats,
        copy.agreement,
        copy.rootHash,
        copy.silent,
        copy.transcript,
        copy.caucuses);
  }

  /** What of a room may change. */
  private static final class Copy {
    private Phase phase;
    private @Nullable Pause pause;
    private RecordingLight light;
    private @Nullable Instant startedAt;
    private List<Seat> seats;
    private @Nullable Agreement agreement;
    private @Nullable String rootHash;
    private List<SilentSource> silent;
    private Transcript transcript;
    private int caucuses;

    Copy(RoomState of) {
      phase = of.phase;
      pause = of.pause;
      light = of.light;
      startedAt = of.startedAt;
      seats = of.seats;
      agreement = of.agreement;
      rootHash = of.rootHash;
      silent = of.silent;
      transcript = of.transcript;
      caucuses = of.caucuses;
    }
  }
}
