package heyi.signaling.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A room as it is now. Immutable.
 *
 * @param spec what it was opened with
 * @param phase where the session stands
 * @param pausedReason why, while it is paused
 * @param pausedFrom where it goes on, while it is paused
 * @param light what is told of the recording
 * @param startedAt when the recorded session began
 * @param seats in the order of the spec
 * @param agreement the document to confirm
 * @param rootHash of the sealed evidence
 */
public record RoomState(
    RoomSpec spec,
    Phase phase,
    @Nullable PauseReason pausedReason,
    @Nullable Phase pausedFrom,
    RecordingLight light,
    @Nullable Instant startedAt,
    List<Seat> seats,
    @Nullable Agreement agreement,
    @Nullable String rootHash) {

  /** Copies the seats. */
  public RoomState {
    seats = List.copyOf(seats);
  }

  /** The room before anybody came. */
  public static RoomState opened(RoomSpec spec) {
    var seats = spec.seats().stream().map(Seat::invited).toList();
    return new RoomState(
        spec, Phase.LOBBY, null, null, RecordingLight.OFF, null, seats, null, null);
  }

  /** The room's id. */
  public RoomId id() {
    return spec.id();
  }

  /** Finds a seat. */
  public Optional<Seat> seat(SeatId id) {
    return seats.stream().filter(seat -> seat.id().equals(id)).findFirst();
  }

  RoomState in(Phase next) {
    return new RoomState(spec, next, null, null, light, startedAt, seats, agreement, rootHash);
  }

  RoomState paused(PauseReason reason, Phase from) {
    return new RoomState(
        spec, Phase.PAUSED, reason, from, light, startedAt, seats, agreement, rootHash);
  }

  RoomState lit(RecordingLight next) {
    return new RoomState(
        spec, phase, pausedReason, pausedFrom, next, startedAt, seats, agreement, rootHash);
  }

  RoomState startedAt(Instant next) {
    return new RoomState(
        spec, phase, pausedReason, pausedFrom, light, next, seats, agreement, rootHash);
  }

  RoomState with(Agreement next) {
    var unconfirmed = seats.stream().map(seat -> seat.saying(Seat.Stance.OPEN)).toList();
    return new RoomState(
        spec, phase, pausedReason, pausedFrom, light, startedAt, unconfirmed, next, rootHash);
  }

  /** Without endpoints: the conference is over. */
  RoomState withoutMedia() {
    var bare = seats.stream().map(seat -> seat.on(null)).toList();
    return new RoomState(
        spec, phase, pausedReason, pausedFrom, light, startedAt, bare, agreement, rootHash);
  }

  RoomState sealed(String root) {
    return new RoomState(
        spec,
        phase,
        pausedReason,
        pausedFrom,
        RecordingLight.SEALED,
        startedAt,
        seats,
        agreement,
        root);
  }

  RoomState change(SeatId id, UnaryOperator<Seat> change) {
    var next = seats.stream().map(s -> s.id().equals(id) ? change.apply(s) : s).toList();
    return new RoomState(
        spec, phase, pausedReason, pausedFrom, light, startedAt, next, agreement, rootHash);
  }
}
