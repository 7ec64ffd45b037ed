package heyi.signaling.socket;

import heyi.signaling.room.RoomId;
import heyi.signaling.room.SeatId;
import heyi.signaling.wire.ClientMessage;
import heyi.signaling.wire.ClientMessageDecoder;
import heyi.signaling.wire.ErrorCode;
import heyi.signaling.wire.ServerMessage;
import heyi.signaling.wire.WireException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiving half of one client's socket: limits, decoding, the door, then the room.
 *
 * <p><b>Threads:</b> the socket's event loop.
 */
final class SocketSession {
  private static final Logger LOG = LoggerFactory.getLogger(SocketSession.class);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration RATE_WINDOW = Duration.ofSeconds(1);

  /** Two lost pings are a pause of the network, three a lost client. */
  static final int PULSES_IN_SILENCE = 3;

  private final Vertx vertx;
  private final Context context;
  private final InstantSource clock;
  private final RoomLimits limits;
  private final SeatAuthenticator authenticator;
  private final Function<RoomId, Optional<LiveRoom>> rooms;
  private final ServerWebSocket socket;
  private final SeatSocket out;
  private final ClientMessageDecoder decoder = new ClientMessageDecoder();
  private final MessageRate rate;

  /** No timer of Vert.x has a negative id. */
  private long door = -1;

  private long pulse = -1;

  private boolean joining;
  private @Nullable LiveRoom room;
  private @Nullable SeatId seat;
  private Instant lastHeard;

  SocketSession(
      Vertx vertx,
      InstantSource clock,
      RoomLimits limits,
      SeatAuthenticator authenticator,
      Function<RoomId, Optional<LiveRoom>> rooms,
      ServerWebSocket socket) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.clock = clock;
    this.limits = limits;
    this.authenticator = authenticator;
    this.rooms = rooms;
    this.socket = socket;
    this.out = new SeatSocket(socket, limits.outgoingBytes(), this::ended);
    this.rate = new MessageRate(limits.messagesPerSecond());
    this.lastHeard = clock.instant();
  }

  void start() {
    socket.textMessageHandler(this::received);
    socket.binaryMessageHandler(
        ignored -> {
          if (isWithinRate()) {
            out.refuse(ErrorCode.MALFORMED, "a message is a JSON text", null);
          }
        });
    socket.pongHandler(ignored -> lastHeard = clock.instant());
    socket.exceptionHandler(failure -> LOG.debug("socket failed: {}", failure.toString()));
    waitAtDoor();
    pulse = vertx.setPeriodic(limits.silence().toMillis() / PULSES_IN_SILENCE, ignored -> pulse());
    socket.closeHandler(ignored -> ended());
  }

  /** Who has not joined when the time is over goes; a refused one gets the same time again. */
  private void waitAtDoor() {
    vertx.cancelTimer(door);
    door =
        vertx.setTimer(
            limits.joinWithin().toMillis(),
            ignored -> {
              if (room == null && !joining) {
                out.close(CloseCode.PROTOCOL_ERROR, "nobody joined");
              }
            });
  }

  private void pulse() {
    if (Duration.between(lastHeard, clock.instant()).compareTo(limits.silence()) > 0) {
      out.close(CloseCode.PROTOCOL_ERROR, "silent for too long");
    } else {
      socket.writePing(Buffer.buffer("heyi"));
    }
  }

  private boolean isWithinRate() {
    lastHeard = clock.instant();
    return switch (rate.count(lastHeard)) {
      case TAKE -> true;
      case REFUSE -> {
        out.refuse(ErrorCode.TOO_MANY_MESSAGES, "slow down", null, RATE_WINDOW);
        yield false;
      }
      case CLOSE -> {
        out.close(CloseCode.PROTOCOL_ERROR, "far too many messages");
        yield false;
      }
    };
  }

  private void received(String text) {
    if (!isWithinRate()) {
      return;
    }
    try {
      var message = decoder.decode(text);
      switch (message) {
        case ClientMessage.Join join -> join(join);
        case ClientMessage.Ping ignored -> out.send(new ServerMessage.Pong());
        default -> pass(message);
      }
    } catch (WireException e) {
      out.refuse(e.code(), String.valueOf(e.getMessage()), e.replyTo());
    }
  }

  private void pass(ClientMessage message) {
    var joined = room;
    var id = seat;
    if (joined == null || id == null) {
      out.refuse(ErrorCode.NOT_ALLOWED, "join first", message.id());
    } else {
      joined.receive(id, message, out);
    }
  }

  private void join(ClientMessage.Join join) {
    if (joining || room != null) {
      out.refuse(ErrorCode.NOT_ALLOWED, "already joined", join.id());
      return;
    }
    joining = true;
    authenticator
        .authenticate(join.seatToken())
        .timeout(limits.joinWithin().toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            (outcome, failure) ->
                context.runOnContext(
                    ignored -> {
                      if (failure != null) {
                        LOG.warn("seat tokens cannot be checked now: {}", failure.toString());
                        tryAgain(join.id());
                      } else if (!socket.isClosed()) {
                        authenticated(join, outcome);
                      }
                    }));
  }

  private void tryAgain(@Nullable String replyTo) {
    joining = false;
    waitAtDoor();
    out.refuse(ErrorCode.UNAVAILABLE, "try again", replyTo, RETRY);
  }

  private void authenticated(ClientMessage.Join join, SeatOutcome outcome) {
    switch (outcome) {
      case SeatOutcome.Unknown() ->
          turnAway(ErrorCode.UNKNOWN_SEAT, "no seat has this token", join.id());
      case SeatOutcome.UsedUp() ->
          turnAway(ErrorCode.USED_UP_INVITATION, "this seat is not open any more", join.id());
      case SeatOutcome.Known(RoomId roomId, SeatId seatId) -> {
        var found = rooms.apply(roomId);
        if (found.isEmpty()) {
          turnAway(ErrorCode.USED_UP_INVITATION, "the session is over", join.id());
        } else {
          enter(join, found.get(), seatId);
        }
      }
    }
  }

  /**
   * The room is known from now on, not only once it has answered: the client may speak as soon as
   * it is welcomed, and the room takes everything in the order of its arrival here.
   */
  private void enter(ClientMessage.Join join, LiveRoom into, SeatId seatId) {
    room = into;
    seat = seatId;
    into.join(seatId, join, out)
        .onComplete(
            (seated, failure) ->
                context.runOnContext(
                    ignored -> {
                      joining = false;
                      if (failure != null) {
                        room = null;
                        tryAgain(join.id());
                      } else if (!seated) {
                        room = null;
                        waitAtDoor();
                      }
                    }));
  }

  private void turnAway(ErrorCode code, String message, @Nullable String replyTo) {
    joining = false;
    out.refuse(code, message, replyTo);
    out.close(CloseCode.UNKNOWN_SEAT, message);
  }

  /** May come twice: when this side closes, and when the connection is gone. */
  private void ended() {
    context.runOnContext(ignored -> forget());
  }

  private void forget() {
    vertx.cancelTimer(door);
    vertx.cancelTimer(pulse);
    var joined = room;
    var id = seat;
    if (joined != null && id != null) {
      joined.lost(id, out);
    }
  }
}
