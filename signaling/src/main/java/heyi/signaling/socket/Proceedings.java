package heyi.signaling.socket;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.signaling.negotiation.AnswerOutcome;
import heyi.signaling.room.Decision;
import heyi.signaling.room.Phase;
import heyi.signaling.room.Presence;
import heyi.signaling.room.Role;
import heyi.signaling.room.Room;
import heyi.signaling.room.RoomCommand;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomState;
import heyi.signaling.room.Seat;
import heyi.signaling.room.SeatId;
import heyi.signaling.wire.ClientMessage;
import heyi.signaling.wire.ErrorCode;
import heyi.signaling.wire.ServerMessage;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes on in one room: its state, its sockets and its media.
 *
 * <p><b>Threads:</b> the room's context.
 */
final class Proceedings {
  private static final Logger LOG = LoggerFactory.getLogger(Proceedings.class);

  private final RoomNode node;
  private final InstantSource clock;
  private final SeatLines lines;
  private final Turn turn;
  private final SeatReports reports;
  private final SeatTimers absences;
  private final LiveMedia media;
  private RoomState state;

  /** What has to be done outside the room at a turn of its talk. */
  interface Turn {
    /** The mediator and a party go into a room of their own. */
    void apart();

    /** The talk is over. */
    void closed();
  }

  Proceedings(RoomNode node, RestoredRoom room, SeatLines lines, Turn turn) {
    this.node = node;
    this.clock = node.clock();
    this.lines = lines;
    this.turn = turn;
    this.reports = new SeatReports(clock, node.limits(), node.qualities(), lines);
    this.absences =
        new SeatTimers(
            node.vertx(), node.limits().absence(), seat -> apply(new RoomCommand.Miss(seat)));
    this.state = room.state();
    this.media =
        new LiveMedia(
            node.vertx(), clock, node.limits(), node.media(), new ThisRoom(room.restarts()));
  }

  RoomState state() {
    return state;
  }

  LiveMedia media() {
    return media;
  }

  /** Its server died: nobody is connected, and no recorder. */
  void restore() {
    publish(new RoomEvent.RoomRestored(state.id(), clock.instant()));
    state.seats().forEach(seat -> dropped(seat.id()));
    apply(new RoomCommand.TakeBack(state.seats()));
    if (state.phase().hasMedia()) {
      apply(new RoomCommand.RecorderFailed());
      media.begin();
    }
  }

  /** Takes a message of a socket that has joined, or is just joining. */
  void receive(SeatId seat, ClientMessage message, SeatSocket out) {
    if (out.equals(lines.of(seat))) {
      handle(seat, message, out);
    } else {
      out.refuse(ErrorCode.NOT_ALLOWED, "this page does not hold the seat", message.id());
    }
  }

  /** The socket is gone. */
  void lost(SeatId seat, SeatSocket out) {
    if (lines.close(seat, out)) {
      dropped(seat);
    }
  }

  void tell(ServerFact fact) {
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
          apply(new RoomCommand.PresentAgreement(agreement));
      case ServerFact.SessionSealed(String rootHash) -> apply(new RoomCommand.Seal(rootHash));
    }
  }

  /** Back from a room of his own, or lost there. */
  void takeBack(Seat seat) {
    if (lines.of(seat.id()) != null) {
      welcome(seat.id());
      media.came(seat.id(), Return.FRESH_PAGE);
    } else if (seat.presence() == Presence.DROPPED && !seat.missed()) {
      absences.start(seat.id());
    }
  }

  /** Who is away now is not missed here. */
  void waitForNobody() {
    absences.cancelAll();
  }

  /** The room is forgotten. */
  void end() {
    waitForNobody();
    media.end();
    lines.closeAll(CloseCode.ROOM_CLOSED, "the session is over");
  }

  /** Tells a participant where he is now. */
  void welcome(SeatId seat) {
    var spec = state.seat(seat).orElseThrow().spec();
    lines.send(seat, new ServerMessage.Welcome(spec, state, clock.instant()));
  }

  /** Whether the seat was taken; a refusal was answered already. */
  boolean seatTaken(SeatId seat, ClientMessage.Join join, SeatSocket out) {
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
    welcome(seat);
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
    apply(new RoomCommand.Drop(seat));
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
      case ClientMessage.Advance _,
          ClientMessage.OffRecord _,
          ClientMessage.OpenCaucus _,
          ClientMessage.EndCaucus _,
          ClientMessage.BackgroundNow _,
          ClientMessage.ConfirmAgreement _,
          ClientMessage.DeclineAgreement _ ->
          apply(SeatCommands.of(seat, message), out, message.id());
      case ClientMessage.Transcribe transcribe -> transcribe(seat, transcribe, out);
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

  /** What was meant for the transcript of a caucus is never written into the joint one. */
  private void transcribe(SeatId seat, ClientMessage.Transcribe message, SeatSocket out) {
    var meant = message.room();
    if (meant == null || meant.equals(state.id())) {
      apply(SeatCommands.of(seat, message), out, message.id());
    } else {
      out.refuse(ErrorCode.WRONG_PHASE, "this was said in another room", message.id());
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
    apply(new RoomCommand.Leave(seat));
    media.left(seat);
    out.close(CloseCode.LEFT, "left");
  }

  /** What nobody is told of when it is refused. */
  void apply(RoomCommand command) {
    apply(command, null, null);
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

  /** Without a mediator nobody is heard, be he away or in a private talk. */
  private void holdBack(RoomState before) {
    if (state.isSilenced() != before.isSilenced()) {
      publish(new RoomEvent.HeldBack(state.id(), clock.instant(), state.isSilenced()));
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
    if (event instanceof RoomEvent.CaucusOpened) {
      turn.apart();
    }
    if (event instanceof RoomEvent.RoomClosed) {
      media.close();
      turn.closed();
    }
  }

  /** A consumer's bug must not leave the room half changed. */
  void publish(RoomEvent event) {
    try {
      node.events().accept(event);
    } catch (RuntimeException e) {
      LOG.error("event not taken room={} event={}", state.id(), event.getClass(), e);
    }
  }

  private void recorderHears(ServerFact.RecorderHears hears) {
    if (media.isIn(hears.conference())) {
      apply(new RoomCommand.Receive(hears.sources()));
      sendMediators(new ServerMessage.Recording(hears.sources()));
    }
  }

  private void sendMediators(ServerMessage message) {
    mediators().forEach(seat -> lines.send(seat.id(), message));
  }

  /** One of them, as a rule. */
  Stream<Seat> mediators() {
    return state.seats().stream().filter(seat -> seat.spec().role() == Role.MEDIATOR);
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
      Proceedings.this.apply(command);
    }

    @Override
    public void publish(RoomEvent event) {
      Proceedings.this.publish(event);
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
        socket.refuse(code, message, null, node.limits().mediaRetry());
      }
    }
  }
}
