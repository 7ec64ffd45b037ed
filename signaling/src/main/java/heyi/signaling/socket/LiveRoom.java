package heyi.signaling.socket;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.colibri2.BridgeId;
import heyi.media.pool.Placement;
import heyi.signaling.negotiation.AnswerOutcome;
import heyi.signaling.room.Decision;
import heyi.signaling.room.Phase;
import heyi.signaling.room.Role;
import heyi.signaling.room.Room;
import heyi.signaling.room.RoomCommand;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomState;
import heyi.signaling.room.SeatId;
import heyi.signaling.wire.ClientMessage;
import heyi.signaling.wire.ErrorCode;
import heyi.signaling.wire.ServerMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open room: its state, its sockets and its media, all on one context.
 *
 * <p><b>Threads:</b> public and package methods may be called from any thread; they hand over to
 * the room's context. Everything private runs there.
 */
final class LiveRoom {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRoom.class);

  private final Context context;
  private final InstantSource clock;
  private final RoomLimits limits;
  private final Consumer<RoomEvent> events;
  private final SeatLines lines = new SeatLines();
  private final SeatReports reports;
  private final SeatTimers absences;
  private final LiveMedia media;
  private RoomState state;

  LiveRoom(
      Vertx vertx,
      InstantSource clock,
      RoomLimits limits,
      MediaAccess access,
      Consumer<RoomEvent> events,
      Consumer<SeatQuality> qualities,
      RestoredRoom room) {
    this.context = vertx.getOrCreateContext();
    this.clock = clock;
    this.limits = limits;
    this.reports = new SeatReports(clock, limits, qualities, lines);
    this.absences =
        new SeatTimers(
            vertx, limits.absence(), seat -> apply(new RoomCommand.Miss(seat), null, null));
    this.events = events;
    this.state = room.state();
    this.media = new LiveMedia(vertx, clock, limits, access, new ThisRoom(room.restarts()));
  }

  void opened() {
    context.runOnContext(ignored -> publish(new RoomEvent.RoomOpened(state.id(), clock.instant())));
  }

  /** Its server died: nobody is connected, and no recorder. */
  void restored() {
    context.runOnContext(
        ignored -> {
          publish(new RoomEvent.RoomRestored(state.id(), clock.instant()));
          state.seats().forEach(seat -> dropped(seat.id()));
          if (state.phase().hasMedia()) {
            apply(new RoomCommand.RecorderFailed(), null, null);
            media.begin();
          }
        });
  }

  /** Completes with whether the seat was taken; a refusal was answered already. */
  Future<Boolean> join(SeatId seat, ClientMessage.Join join, SeatSocket out) {
    return onContext(() -> seatTaken(seat, join, out));
  }

  /** Takes a message of a socket that has joined, or is just joining. */
  void receive(SeatId seat, ClientMessage message, SeatSocket out) {
    context.runOnContext(
        ignored -> {
          if (out.equals(lines.of(seat))) {
            handle(seat, message, out);
          } else {
            out.refuse(ErrorCode.NOT_ALLOWED, "this page does not hold the seat", message.id());
          }
        });
  }

  /** The socket is gone. */
  void lost(SeatId seat, SeatSocket out) {
    context.runOnContext(
        ignored -> {
          if (lines.close(seat, out)) {
            dropped(seat);
          }
        });
  }

  Future<Void> tell(ServerFact fact) {
    return onContext(
        () -> {
          switch (fact) {
            case ServerFact.RecorderReady(var conference) -> media.recorderReady(conference);
            case ServerFact.RecorderReceiving(var conference) ->
                media.recorderSays(conference, new RoomCommand.RecorderReceiving());
            case ServerFact.RecorderRests(var conference) ->
                media.recorderSays(conference, new RoomCommand.RecorderRests());
            case ServerFact.RecorderHears hears -> recorderHears(hears);
            case ServerFact.RecorderLeft() -> media.recorderLeft();
            case ServerFact.RecorderFailed(String reason) -> media.recorderFailed(reason);
            case ServerFact.AgreementPrepared(var agreement) ->
                apply(new RoomCommand.PresentAgreement(agreement), null, null);
            case ServerFact.SessionSealed(String rootHash) ->
                apply(new RoomCommand.Seal(rootHash), null, null);
          }
          return null;
        });
  }

  Future<Void> closeByServer() {
    return onContext(
        () -> {
          state.seats().stream()
              .filter(seat -> seat.spec().role() == Role.MEDIATOR)
              .findFirst()
              .ifPresent(
                  seat ->
                      apply(new RoomCommand.Advance(seat.id(), Phase.CLOSED, null), null, null));
          return null;
        });
  }

  /** Completes with whether the room was on the bridge and moves. */
  Future<Boolean> leave(BridgeId bridge, Placement.Reason why) {
    return onContext(() -> media.leave(bridge, why));
  }

  void dispose() {
    context.runOnContext(
        ignored -> {
          absences.cancelAll();
          media.end();
          lines.closeAll(CloseCode.ROOM_CLOSED, "the session is over");
        });
  }

  private boolean seatTaken(SeatId seat, ClientMessage.Join join, SeatSocket out) {
    var former = lines.of(seat);
    if (former != null && join.resume()) {
      // The same page on another network: its old connection is dead and nobody noticed yet.
      lines.forget(seat);
      dropped(seat);
    }
    if (!apply(new RoomCommand.Join(seat, join.consents()), out, join.id())) {
      turnAway(seat, out);
      return false;
    }
    absences.cancel(seat);
    lines.open(seat, out, join.lastSeq());
    if (former != null) {
      former.send(new ServerMessage.TakenOver());
      former.close(CloseCode.TAKEN_OVER, "another page of the same participant goes on");
    }
    var spec = state.seat(seat).orElseThrow().spec();
    out.send(new ServerMessage.Welcome(spec, state, clock.instant()));
    LOG.info("joined room={} seat={} resume={}", state.id(), seat, join.resume());
    media.came(seat, join.resume() ? Return.SAME_PAGE : Return.FRESH_PAGE);
    return true;
  }

  /** A refusal that no second try can heal ends the connection. */
  private void turnAway(SeatId seat, SeatSocket out) {
    if (state.phase() == Phase.CLOSED) {
      out.close(CloseCode.ROOM_CLOSED, "the session is over");
    } else if (state.seat(seat).isEmpty()) {
      out.close(CloseCode.UNKNOWN_SEAT, "there is no such seat");
    }
  }

  private void dropped(SeatId seat) {
    apply(new RoomCommand.Drop(seat), null, null);
    absences.start(seat);
    media.dropped(seat);
  }

  private void handle(SeatId seat, ClientMessage message, SeatSocket out) {
    switch (message) {
      case ClientMessage.Answer answer -> answer(seat, answer, out);
      case ClientMessage.Mute(var id, var kind, var muted) -> {
        if (apply(new RoomCommand.Mute(seat, seat, kind, muted), out, id) && !muted) {
          media.enforceMute(seat);
        }
      }
      case ClientMessage.MuteSeat(var id, var target, var kind) ->
          muteSeat(seat, target, kind, out, id);
      case ClientMessage.Advance(var id, var to, var reason) ->
          apply(new RoomCommand.Advance(seat, to, reason), out, id);
      case ClientMessage.OffRecord(var id, var why) ->
          apply(new RoomCommand.WithholdRecord(seat, why), out, id);
      case ClientMessage.BackgroundNow(var id, var background) ->
          apply(new RoomCommand.TellBackground(seat, background), out, id);
      case ClientMessage.ConfirmAgreement(var id, var document, var sha256) ->
          apply(new RoomCommand.ConfirmAgreement(seat, document, sha256), out, id);
      case ClientMessage.DeclineAgreement(var id, var document, var reason) ->
          apply(new RoomCommand.DeclineAgreement(seat, document, reason), out, id);
      case ClientMessage.Transcribe(var id, var what) ->
          apply(new RoomCommand.Transcribe(seat, what), out, id);
      case ClientMessage.TranscriptSince(_, int after) ->
          out.send(TranscriptPages.after(state.transcript(), after));
      case ClientMessage.Renegotiate(var id) -> refuseUnless(media.renegotiate(seat), out, id);
      case ClientMessage.Viewing(var id, var wish) -> refuseUnless(media.view(seat, wish), out, id);
      case ClientMessage.MediaFailed(var id, var ignored) ->
          refuseUnless(media.remake(seat), out, id);
      case ClientMessage.Quality(var id, var report) ->
          reports.measured(state, seat, report, out, id);
      case ClientMessage.Leave ignored -> leave(seat, out);
      case ClientMessage.Join join ->
          out.refuse(ErrorCode.NOT_ALLOWED, "already joined", join.id());
      case ClientMessage.Ping ignored -> out.send(new ServerMessage.Pong());
    }
  }

  private static void refuseUnless(boolean done, SeatSocket out, @Nullable String replyTo) {
    if (!done) {
      out.refuse(ErrorCode.WRONG_PHASE, "there are no media now", replyTo);
    }
  }

  private void answer(SeatId seat, ClientMessage.Answer answer, SeatSocket out) {
    switch (media.answer(seat, answer.offerId(), answer.sdp())) {
      case AnswerOutcome.Used() -> {}
      case AnswerOutcome.Stale() ->
          out.refuse(ErrorCode.STALE_OFFER, "this offer is not open", answer.id());
      case AnswerOutcome.Unusable(String reason) ->
          out.refuse(ErrorCode.BAD_SDP, reason, answer.id());
    }
  }

  private void muteSeat(
      SeatId by, SeatId seat, MediaKind kind, SeatSocket out, @Nullable String id) {
    if (apply(new RoomCommand.Mute(by, seat, kind, true), out, id)) {
      media.enforceMute(seat);
      lines.send(seat, new ServerMessage.MutedByMediator(kind));
    }
  }

  private void leave(SeatId seat, SeatSocket out) {
    lines.close(seat, out);
    apply(new RoomCommand.Leave(seat), null, null);
    media.left(seat);
    out.close(CloseCode.LEFT, "left");
  }

  /** Decides, and lets the change take effect; false when it was refused. */
  private boolean apply(RoomCommand command, @Nullable SeatSocket out, @Nullable String replyTo) {
    return switch (Room.decide(state, command, clock.instant())) {
      case Decision.Refused(var reason) -> {
        if (out != null) {
          out.refuse(Refusals.code(reason), Refusals.sentence(reason), replyTo);
        }
        yield false;
      }
      case Decision.Accepted(RoomState next, List<RoomEvent> happened) -> {
        var before = state;
        state = next;
        happened.forEach(this::happened);
        lines.sendChange(before, state);
        holdBack(before);
        yield true;
      }
    };
  }

  /** Without a mediator nobody is heard. */
  private void holdBack(RoomState before) {
    if (state.leaderless() != before.leaderless()) {
      publish(new RoomEvent.HeldBack(state.id(), clock.instant(), state.leaderless()));
      media.enforceAll();
    }
  }

  private void happened(RoomEvent event) {
    publish(event);
    if (event instanceof RoomEvent.PhaseChanged phase) {
      LOG.info("phase room={} from={} to={}", state.id(), phase.from(), phase.to());
      if (phase.from() == Phase.LOBBY && phase.to() == Phase.OPENING) {
        media.begin();
      }
    }
    if (event instanceof RoomEvent.RoomClosed) {
      media.close();
    }
  }

  /** A consumer's bug must not leave the room half changed. */
  private void publish(RoomEvent event) {
    try {
      events.accept(event);
    } catch (RuntimeException e) {
      LOG.error("event not taken room={} event={}", state.id(), event.getClass(), e);
    }
  }

  private void recorderHears(ServerFact.RecorderHears hears) {
    if (media.isIn(hears.conference())) {
      apply(new RoomCommand.Receive(hears.sources()), null, null);
      sendMediators(new ServerMessage.Recording(hears.sources()));
    }
  }

  private void sendMediators(ServerMessage message) {
    state.seats().stream()
        .filter(seat -> seat.spec().role() == Role.MEDIATOR)
        .forEach(seat -> lines.send(seat.id(), message));
  }

  private <T> Future<T> onContext(Supplier<@Nullable T> action) {
    var promise = Promise.<T>promise();
    context.runOnContext(
        ignored -> {
          try {
            promise.complete(action.get());
          } catch (RuntimeException e) {
            LOG.error("bug in room={}", state.id(), e);
            promise.tryFail(e);
          }
        });
    return promise.future();
  }

  /** The room as its media see it. */
  private final class ThisRoom implements MediaHost {
    private final int restarts;

    ThisRoom(int restarts) {
      this.restarts = restarts;
    }

    /** Another device with another clock may come back after a restart: its name is another one. */
    @Override
    public EndpointId endpoint(SeatId seat, int generation) {
      return new EndpointId(seat + (restarts == 0 ? "-" : "-r" + restarts + "-") + generation);
    }

    @Override
    public RoomState state() {
      return state;
    }

    @Override
    public void apply(RoomCommand command) {
      LiveRoom.this.apply(command, null, null);
    }

    @Override
    public void publish(RoomEvent event) {
      LiveRoom.this.publish(event);
    }

    @Override
    public void send(SeatId seat, ServerMessage message) {
      lines.send(seat, message);
    }

    @Override
    public void sendAll(ServerMessage message) {
      lines.sendAll(message);
    }

    @Override
    public void refuse(SeatId seat, ErrorCode code, String message) {
      var socket = lines.of(seat);
      if (socket != null) {
        socket.refuse(code, message, null, limits.mediaRetry());
      }
    }
  }
}
