package heyi.signaling.socket;

import heyi.signaling.quality.QualityReport;
import heyi.signaling.room.Role;
import heyi.signaling.room.RoomState;
import heyi.signaling.room.SeatId;
import heyi.signaling.wire.ErrorCode;
import heyi.signaling.wire.ServerMessage;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What pages measured of their networks: kept by the server, shown to the page itself and to who
 * leads the session.
 *
 * <p><b>Threads:</b> the room's context.
 */
final class SeatReports {
  private final InstantSource clock;
  private final RoomLimits limits;
  private final ReportRate rate;
  private final Consumer<SeatQuality> qualities;
  private final SeatLines lines;

  SeatReports(
      InstantSource clock, RoomLimits limits, Consumer<SeatQuality> qualities, SeatLines lines) {
    this.clock = clock;
    this.limits = limits;
    this.rate = new ReportRate(limits.quality().reportEvery());
    this.qualities = qualities;
    this.lines = lines;
  }

  void measured(
      RoomState state,
      SeatId seat,
      QualityReport report,
      SeatSocket out,
      @Nullable String replyTo) {
    if (!rate.takes(seat, clock.instant())) {
      out.refuse(
          ErrorCode.TOO_MANY_MESSAGES, "too many reports", replyTo, limits.quality().reportEvery());
      return;
    }
    var level = report.level(limits.quality());
    qualities.accept(new SeatQuality(state.id(), clock.instant(), seat, level, report));
    var shown = new ServerMessage.Quality(seat, level, report.rttMillis(), report.lossPermille());
    out.send(shown);
    state.seats().stream()
        .filter(other -> other.spec().role() == Role.MEDIATOR && !other.id().equals(seat))
        .forEach(mediator -> lines.send(mediator.id(), shown));
  }
}
