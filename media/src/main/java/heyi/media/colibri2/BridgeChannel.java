package heyi.media.colibri2;

import heyi.media.EndpointId;
import heyi.media.SourceName;
import heyi.media.ice.TransportDescription;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel on which an endpoint tells its bridge what it wants to see, and hears from it who
 * speaks and how much of its own video is wanted. Jitsi Videobridge sends no video before it is
 * told; the embedded bridge sends everything until it is told otherwise.
 *
 * <p>The server opens it in place of the browser, so the bridge's port stays private and its death
 * is known within milliseconds.
 *
 * <p><b>Threads:</b> any; the listener is called on an event loop.
 */
public final class BridgeChannel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BridgeChannel.class);
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

  /** Hears what the bridge says. */
  @FunctionalInterface
  public interface Listener {
    /** Told once when an open channel ends. */
    void ended(Ended how);

    /** Somebody else speaks from now on. */
    default void dominantSpeaker(EndpointId speaker) {}

    /** So much of the endpoint's own video is wanted; 0 lines when nobody looks. */
    default void senderConstraint(SourceName source, int maxHeight) {}
  }

  /**
   * Opens the channel that the bridge offers. Without an offer the result does nothing.
   *
   * @param vertx owner of the event loops
   * @param transport the bridge's transport of the endpoint, as allocated
   * @param wish what the endpoint wants to see at first
   * @param listener hears what comes
   * @return fails when the bridge offers a channel and does not accept it
   */
  public static Future<BridgeChannel> open(
      Vertx vertx, TransportDescription transport, VideoConstraints wish, Listener listener) {
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
        .map(socket -> opened(socket, client, wish, listener))
        .onFailure(failure -> client.close());
  }

  private static BridgeChannel opened(
      WebSocket socket, WebSocketClient client, VideoConstraints wish, Listener listener) {
    socket.textMessageHandler(text -> received(text, listener));
    socket.exceptionHandler(failure -> socket.close());
    socket.closeHandler(
        ignored -> {
          Short code = socket.closeStatusCode();
          boolean orderly = code != null && (code == 1000 || code == 1001);
          listener.ended(orderly ? Ended.ORDERLY : Ended.BROKEN);
          client.close();
        });
    BridgeChannel channel = new BridgeChannel(socket);
    channel.receive(wish);
    return channel;
  }

  private static void received(String text, Listener listener) {
    try {
      switch (ChannelJson.read(text)) {
        case ChannelMessage.DominantSpeaker(EndpointId speaker) ->
            listener.dominantSpeaker(speaker);
        case ChannelMessage.SenderConstraint(SourceName source, int maxHeight) ->
            listener.senderConstraint(source, maxHeight);
        case ChannelMessage.Receive _, ChannelMessage.Other _ -> {}
      }
    } catch (ColibriFormatException e) {
      LOG.debug("message of the bridge passed over: {}", e.getMessage());
    }
  }

  /** True when the bridge offered a channel and it is open. */
  public boolean isOpen() {
    return socket != null && !socket.isClosed();
  }

  /** Says what the endpoint wants to see from now on. */
  public void receive(VideoConstraints wish) {
    if (socket != null && !socket.isClosed()) {
      var unused = socket.writeTextMessage(ChannelJson.write(new ChannelMessage.Receive(wish)));
    }
  }

  @Override
  public void close() {
    if (socket != null) {
      var unused = socket.close();
    }
  }
}
