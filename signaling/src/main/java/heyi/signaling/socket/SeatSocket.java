package heyi.signaling.socket;

import heyi.signaling.wire.ErrorCode;
import heyi.signaling.wire.ServerMessage;
import heyi.signaling.wire.ServerMessageEncoder;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending half of one client's socket.
 *
 * <p><b>Threads:</b> any; sequence numbers and their order are kept by a lock that is held for no
 * I/O beyond the hand-over to the socket. What is said before the seat is known is numbered by
 * itself.
 *
 * <p><b>Bounds:</b> a client that does not read is closed when the socket's write queue is full; it
 * comes back and gets the whole state. Nothing is written to it any more, and its end is told at
 * once: the end of the connection itself may be long in coming, since the goodbye cannot be sent.
 */
final class SeatSocket {
  private static final Logger LOG = LoggerFactory.getLogger(SeatSocket.class);

  private final ServerWebSocket socket;
  private final Runnable closedHere;
  private SeatHistory history = new SeatHistory();

  /**
   * Takes a socket.
   *
   * @param outgoingBytes that may wait for the client
   * @param closedHere told when this side closes
   */
  SeatSocket(ServerWebSocket socket, int outgoingBytes, Runnable closedHere) {
    this.socket = socket;
    this.closedHere = closedHere;
    socket.setWriteQueueMaxSize(outgoingBytes);
  }

  /**
   * From now on this socket speaks for a seat.
   *
   * @param lastSeq what the page has seen already; it is told what came since. Null for nothing
   */
  synchronized void speakFor(SeatHistory seat, @Nullable Integer lastSeq) {
    history = seat;
    if (lastSeq != null) {
      seat.since(lastSeq).forEach(told -> write(told.message(), told.seq()));
    }
  }

  synchronized void send(ServerMessage message) {
    write(message, history.tell(message));
  }

  private void write(ServerMessage message, long seq) {
    if (socket.isClosed()) {
      return;
    }
    if (socket.writeQueueFull()) {
      close(CloseCode.PROTOCOL_ERROR, "does not read");
      return;
    }
    socket.writeTextMessage(ServerMessageEncoder.encode(message, seq));
  }

  void refuse(ErrorCode code, String message, @Nullable String replyTo) {
    refuse(code, message, replyTo, null);
  }

  void refuse(
      ErrorCode code, String message, @Nullable String replyTo, @Nullable Duration retryAfter) {
    var correlationId = UUID.randomUUID().toString();
    LOG.debug("refused code={} correlation={}", code.wireName(), correlationId);
    send(new ServerMessage.Failure(code, message, replyTo, correlationId, retryAfter));
  }

  void close(CloseCode code, String reason) {
    if (!socket.isClosed()) {
      socket.close(code.number(), reason);
      closedHere.run();
    }
  }
}
