package heyi.signaling.socket;

import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.colibri2.ForceMute;
import heyi.signaling.negotiation.AnswerOutcome;
import heyi.signaling.negotiation.RoomMedia;
import heyi.signaling.negotiation.RoomMediaListener;
import heyi.signaling.room.Decision;
import heyi.signaling.room.Phase;
import heyi.signaling.room.Presence;
import heyi.signaling.room.RecordingLight;
import heyi.signaling.room.Role;
import heyi.signaling.room.Room;
import heyi.signaling.room.RoomCommand;
import heyi.signaling.room.RoomEvent;
import heyi.signaling.room.RoomSpec;
import heyi.signaling.room.RoomState;
import heyi.signaling.room.Seat;
import heyi.signaling.room.SeatId;
import heyi.signaling.wire.ClientMessage;
import heyi.signaling.wire.ErrorCode;
import heyi.signaling.wire.ServerMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

  private static final Duration MEDIA_RETRY = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Context context;
  private final InstantSource clock;
  private final BridgeChooser bridges;
  private final Consumer<RoomEvent> events;
  private final Map<SeatId, SeatSocket> sockets = new HashMap<>();
  private final GracePeriods graces;
  private RoomState state;
  private @Nullable RoomMedia media;
  private boolean recorderConnected;

  LiveRoom(
      Vertx vertx,
      InstantSource clock,
      RoomLimits limits,
      BridgeChooser bridges,
      Consumer<RoomEvent> events,
      RoomSpec spec) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.clock = clock;
    this.graces = new GracePeriods(vertx, limits.grace(), this::graceIsOver);
    this.bridges = bridges;
    this.events = events;
    this.state = RoomState.opened(spec);
  }

  void opened() {
    context.runOnContext(
        ignored -> events.accept(new RoomEvent.RoomOpened(state.id(), clock.instant())));
  }

  /** Completes with whether the seat was taken; a refusal was answered already. */
  Future<Boolean> join(SeatId seat, ClientMessage.Join join, SeatSocket out) {
    var promise = Promise.<Boolean>promise();
    context.runOnContext(ignored -> promise.complete(seatTaken(seat, join, out)));
    return promise.future();
  }

  void receive(SeatId seat, ClientMessage message, SeatSocket out) {
    context.runOnContext(
        ignored -> {
          if (out.equals(sockets.get(seat))) {
            handle(seat, message, out);
          }
        });
  }

  /** The socket is gone. */
  void lost(SeatId seat, SeatSocket out) {
    context.runOnContext(
        ignored -> {
          if (sockets.remove(seat, out)) {
            apply(new RoomCommand.Drop(seat), null, null);
            graces.start(seat);
          }
        });
  }

  Future<Void> tell(ServerFact fact) {
    return onContext(
        () -> {
          switch (fact) {
            case ServerFact.RecorderReady() -> recorderReady();
            case ServerFact.RecorderReceiving() ->
                apply(new RoomCommand.RecorderReceiving(), null, null);
            case ServerFact.RecorderFailed(String reason) -> recorderFailed(reason);
            case ServerFact.AgreementPrepared(var agreement) ->
                apply(new RoomCommand.PresentAgreement(agreement), null, null);
            case ServerFact.SessionSealed(String rootHash) ->
                apply(new RoomCommand.Seal(rootHash), null, null);
          }
        });
  }

  Future<Void> closeByServer() {
    return onContext(
        () ->
            state.seats().stream()
                .filter(seat -> seat.spec().role() == Role.MEDIATOR)
                .findFirst()
                .ifPresent(
                    seat ->
                        apply(new RoomCommand.Advance(seat.id(), Phase.CLOSED, null), null, null)));
  }

  void dispose() {
    context.runOnContext(
        ignored -> {
          graces.cancelAll();
          endMedia();
          List.copyOf(sockets.values())
              .forEach(socket -> socket.close(CloseCode.ROOM_CLOSED, "the session is over"));
          sockets.clear();
        });
  }

  private boolean seatTaken(SeatId seat, ClientMessage.Join join, SeatSocket out) {
    if (!apply(new RoomCommand.Join(seat, join.consents()), out, join.id())) {
      return false;
    }
    var former = sockets.put(seat, out);
    if (former != null) {
      former.send(new ServerMessage.TakenOver());
      former.close(CloseCode.TAKEN_OVER, "another page of the same participant goes on");
    }
    graces.cancel(seat);
    var spec = state.seat(seat).orElseThrow().spec();
    out.send(new ServerMessage.Welcome(spec, state, clock.instant()));
    LOG.info("joined room={} seat={} resume={}", state.id(), seat, join.resume());
    giveMedia(seat, join.resume() && former == null);
    return true;
  }

  private void giveMedia(SeatId seat, boolean resume) {
    var present = media;
    if (present == null || !recorderConnected) {
      return;
    }
    if (resume && present.holds(seat)) {
      present.repeatOffer(seat);
    } else {
      present.attach(seat);
    }
  }

  private void handle(SeatId seat, ClientMessage message, SeatSocket out) {
    switch (message) {
      case ClientMessage.Answer answer -> answer(seat, answer, out);
      case ClientMessage.Mute(var id, var kind, var muted) -> {
        if (apply(new RoomCommand.Mute(seat, seat, kind, muted), out, id) && !muted) {
          enforceMute(seat);
        }
      }
      case ClientMessage.MuteSeat(var id, var target, var kind) ->
          muteSeat(seat, target, kind, out, id);
      case ClientMessage.Advance(var id, var to, var reason) ->
          apply(new RoomCommand.Advance(seat, to, reason), out, id);
      case ClientMessage.ConfirmAgreement(var id, var document, var sha256) ->
          apply(new RoomCommand.ConfirmAgreement(seat, document, sha256), out, id);
      case ClientMessage.DeclineAgreement(var id, var document, var reason) ->
          apply(new RoomCommand.DeclineAgreement(seat, document, reason), out, id);
      case ClientMessage.Renegotiate ignored -> {
        if (media != null) {
          media.renegotiate(seat);
        }
      }
      case ClientMessage.MediaFailed ignored -> {
        if (media != null && recorderConnected) {
          media.attach(seat);
        }
      }
      case ClientMessage.Leave ignored -> leave(seat, out);
      case ClientMessage.Join join ->
          out.refuse(ErrorCode.NOT_ALLOWED, "already joined", join.id());
      case ClientMessage.Ping ignored -> out.send(new ServerMessage.Pong());
    }
  }

  private void answer(SeatId seat, ClientMessage.Answer answer, SeatSocket out) {
    var outcome =
        media == null
            ? new AnswerOutcome.Stale()
            : media.answer(seat, answer.offerId(), answer.sdp());
    switch (outcome) {
      case AnswerOutcome.Used() -> {
        var taken = state.seat(seat).orElseThrow();
        if (taken.audioMuted() || taken.videoMuted()) {
          enforceMute(seat);
        }
      }
      case AnswerOutcome.Stale() ->
          out.refuse(ErrorCode.STALE_OFFER, "this offer is not open", answer.id());
      case AnswerOutcome.Unusable(String reason) ->
          out.refuse(ErrorCode.BAD_SDP, reason, answer.id());
    }
  }

  private void muteSeat(
      SeatId by, SeatId seat, MediaKind kind, SeatSocket out, @Nullable String id) {
    if (apply(new RoomCommand.Mute(by, seat, kind, true), out, id)) {
      enforceMute(seat);
      send(seat, new ServerMessage.MutedByMediator(kind));
    }
  }

  private void leave(SeatId seat, SeatSocket out) {
    sockets.remove(seat, out);
    apply(new RoomCommand.Leave(seat), null, null);
    if (media != null) {
      media.detach(seat);
    }
    out.close(CloseCode.LEFT, "left");
  }

  /** The bridge holds back what is muted, whatever the page does. */
  private void enforceMute(SeatId seat) {
    if (media != null) {
      var muted = state.seat(seat).orElseThrow();
      var silenced = state.light() == RecordingLight.FAILED;
      media.forceMute(
          seat, new ForceMute(silenced || muted.audioMuted(), silenced || muted.videoMuted()));
    }
  }

  private void recorderReady() {
    recorderConnected = true;
    apply(new RoomCommand.RecorderReady(), null, null);
    for (Seat seat : state.seats()) {
      if (seat.presence() == Presence.SEATED) {
        enforceMute(seat.id());
        if (media != null && !media.holds(seat.id())) {
          media.attach(seat.id());
        }
      }
    }
  }

  private void recorderFailed(String reason) {
    LOG.warn("recorder lost room={} reason={}", state.id(), reason);
    apply(new RoomCommand.RecorderFailed(), null, null);
    state.seats().forEach(seat -> enforceMute(seat.id()));
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
        var changed = !next.equals(state);
        state = next;
        happened.forEach(this::happened);
        if (changed) {
          sockets.values().forEach(socket -> socket.send(new ServerMessage.State(state)));
        }
        yield true;
      }
    };
  }

  private void happened(RoomEvent event) {
    events.accept(event);
    if (event instanceof RoomEvent.PhaseChanged phase) {
      LOG.info("phase room={} from={} to={}", state.id(), phase.from(), phase.to());
      if (phase.from() == Phase.LOBBY && phase.to() == Phase.OPENING) {
        beginMedia();
      }
    }
    if (event instanceof RoomEvent.RoomClosed) {
      endMedia();
    }
  }

  private void beginMedia() {
    var bridge = bridges.choose(state.id());
    var conference = new ConferenceId(state.id() + "-1");
    media = new RoomMedia(vertx, bridge, conference, new MediaNews());
    events.accept(
        new RoomEvent.RecordingRequested(state.id(), clock.instant(), conference, bridge));
  }

  private void endMedia() {
    if (media != null) {
      media.close();
      media = null;
    }
  }

  private void graceIsOver(SeatId seat) {
    if (media != null && !sockets.containsKey(seat)) {
      media.detach(seat);
    }
  }

  /** What the media tells, made into commands and events. */
  private final class MediaNews implements RoomMediaListener {
    @Override
    public void offer(SeatId seat, String offerId, String sdp, boolean fresh) {
      send(seat, new ServerMessage.Offer(offerId, sdp, fresh));
    }

    @Override
    public void attached(SeatId seat, @Nullable EndpointId endpoint) {
      apply(new RoomCommand.Attach(seat, endpoint), null, null);
    }

    @Override
    public void sourceAdded(SeatId seat, EndpointId endpoint, MediaSource source) {
      events.accept(new RoomEvent.SourceAdded(state.id(), clock.instant(), seat, endpoint, source));
    }

    @Override
    public void sourceRemoved(SeatId seat, SourceName source) {
      events.accept(new RoomEvent.SourceRemoved(state.id(), clock.instant(), seat, source));
    }

    @Override
    public void unavailable(SeatId seat, String reason) {
      LOG.warn("no media room={} seat={} reason={}", state.id(), seat, reason);
      var socket = sockets.get(seat);
      if (socket != null) {
        socket.refuse(ErrorCode.UNAVAILABLE, "no media now", null, MEDIA_RETRY);
      }
    }
  }

  private void send(SeatId seat, ServerMessage message) {
    var socket = sockets.get(seat);
    if (socket != null) {
      socket.send(message);
    }
  }

  private Future<Void> onContext(Runnable action) {
    var promise = Promise.<Void>promise();
    context.runOnContext(
        ignored -> {
          action.run();
          promise.complete();
        });
    return promise.future();
  }
}
