package heyi.media.colibri2;

import heyi.media.ice.TransportDescription;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The channel on which an endpoint tells its bridge what it wants to see. Jitsi Videobridge sends
 * no video before it is told; the embedded bridge has no channel and sends everything.
 *
 * <p>The server opens it in place of the browser, so the bridge's port stays private and its death
 * is known within milliseconds.
 *
 * <p><b>Threads:</b> any; the handler runs on an event loop.
 */
public final class BridgeChannel implements AutoCloseable {
  /** The room shows tiles of at most this height; more would be sent for nothing. */
  public static final int DEFAULT_MAX_HEIGHT = 720;

  private static final int MAX_MESSAGE_BYTES = 256 * 1024;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  private final @Nullable WebSocket socket;

  private BridgeChannel(@Nullable WebSocket socket) {
    this.socket = socket;
  }

  /** How a channel ended. */
  public enum Ended {
    /** The bridge removed the endpoint (close code 1001) or this side closed. */
    ORDERLY,
    /** The connection broke: the bridge may be dead. Ask its health now. */
    BROKEN
  }

  /**
   * Opens the channel that the bridge offers and asks for every source up to {@value
   * #DEFAULT_MAX_HEIGHT} lines. Without an offer the result does nothing.
   *
   * @param vertx owner of the event loops
   * @param transport the bridge's transport of the endpoint, as allocated
   * @param onEnded told once when an open channel ends
   * @return fails when the bridge offers a channel and does not accept it
   */
  public static Future<BridgeChannel> open(
      Vertx vertx, TransportDescription transport, Consumer<Ended> onEnded) {
    if (transport.webSockets().isEmpty()) {
      return Future.succeededFuture(new BridgeChannel(null));
    }
    URI uri = transport.webSockets().getFirst();
    WebSocketClient client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setMaxFrameSize(MAX_MESSAGE_BYTES)
                .setMaxMessageSize(MAX_MESSAGE_BYTES));
    return client
        .connect(
            new WebSocketConnectOptions()
                .setAbsoluteURI(uri.toString())
                .setTimeout(CONNECT_TIMEOUT.toMillis()))
        .map(socket -> opened(socket, client, onEnded))
        .onFailure(failure -> client.close());
  }

  private static BridgeChannel opened(
      WebSocket socket, WebSocketClient client, Consumer<Ended> onEnded) {
    // Dominant speaker and statistics are not used yet; reading keeps the socket flowing.
    socket.handler(buffer -> {});
    socket.exceptionHandler(failure -> socket.close());
    socket.closeHandler(
        ignored -> {
          Short code = socket.closeStatusCode();
          boolean orderly = code != null && (code == 1000 || code == 1001);
          onEnded.accept(orderly ? Ended.ORDERLY : Ended.BROKEN);
          client.close();
        });
    BridgeChannel channel = new BridgeChannel(socket);
    channel.receive(DEFAULT_MAX_HEIGHT);
    return channel;
  }

  /** True when the bridge offered a channel and it is open. */
  public boolean isOpen() {
    return socket != null && !socket.isClosed();
  }

  /**
   * Asks for every source up to a height.
   *
   * @param maxHeight lines of the picture; 0 stops all video
   */
  public void receive(int maxHeight) {
    if (socket == null || socket.isClosed()) {
      return;
    }
    var unused =
        socket.writeTextMessage(
            "{\"colibriClass\":\"ReceiverVideoConstraints\",\"lastN\":-1,"
                + "\"defaultConstraints\":{\"maxHeight\":"
                + maxHeight
                + "}}");
  }

  @Override
  public void close() {
    if (socket != null) {
      var unused = socket.close();
    }
  }
}
