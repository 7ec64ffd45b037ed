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
    this.out = new SeatSocket(socket);
    this.rate = new MessageRate(limits.messagesPerSecond());
    this.lastHeard = clock.instant();
  }

  void start() {
    socket.textMessageHandler(this::received);
    socket.binaryMessageHandler(
        ignored -> out.refuse(ErrorCode.MALFORMED, "a message is a JSON text", null));
    socket.pongHandler(ignored -> lastHeard = clock.instant());
    socket.exceptionHandler(failure -> LOG.debug("socket failed: {}", failure.toString()));
    var door =
        vertx.setTimer(
            limits.joinWithin().toMillis(),
            ignored -> {
              if (room == null && !joining) {
                out.close(CloseCode.PROTOCOL_ERROR, "nobody joined");
              }
            });
    var pulse = vertx.setPeriodic(limits.silence().toMillis() / 3, ignored -> pulse());
    socket.closeHandler(
        ignored -> {
          vertx.cancelTimer(door);
          vertx.cancelTimer(pulse);
          closed();
        });
  }

  private void pulse() {
    if (Duration.between(lastHeard, clock.instant()).compareTo(limits.silence()) > 0) {
      out.close(CloseCode.PROTOCOL_ERROR, "silent for too long");
    } else {
      socket.writePing(Buffer.buffer("heyi"));
    }
  }

  private void received(String text) {
    lastHeard = clock.instant();
    if (!rate.allows(lastHeard)) {
      out.refuse(ErrorCode.TOO_MANY_MESSAGES, "slow down", null, Duration.ofSeconds(1));
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
        .onSuccess(outcome -> context.runOnContext(ignored -> authenticated(join, outcome)))
        .onFailure(
            failure -> {
              joining = false;
              LOG.warn("seat tokens cannot be checked now: {}", failure.toString());
              out.refuse(ErrorCode.UNAVAILABLE, "try again", join.id(), RETRY);
            });
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
          return;
        }
        found
            .get()
            .join(seatId, join, out)
            .onSuccess(
                seated -> context.runOnContext(ignored -> joined(found.get(), seatId, seated)));
      }
    }
  }

  private void joined(LiveRoom into, SeatId seatId, boolean seated) {
    joining = false;
    if (seated && socket.isClosed()) {
      into.lost(seatId, out);
    } else if (seated) {
      room = into;
      seat = seatId;
    }
  }

  private void turnAway(ErrorCode code, String message, @Nullable String replyTo) {
    joining = false;
    out.refuse(code, message, replyTo);
    out.close(CloseCode.UNKNOWN_SEAT, message);
  }

  private void closed() {
    var joined = room;
    var id = seat;
    if (joined != null && id != null) {
      joined.lost(id, out);
    }
  }
}
