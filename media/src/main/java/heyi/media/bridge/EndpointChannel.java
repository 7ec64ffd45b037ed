package heyi.media.bridge;

import heyi.media.colibri2.ChannelJson;
import heyi.media.colibri2.ChannelMessage;
import io.vertx.core.http.ServerWebSocket;

/**
 * The bridge's end of one endpoint's channel.
 *
 * <p><b>Threads:</b> any. <b>Bounds:</b> who does not read is closed when the socket's write queue
 * is full.
 */
final class EndpointChannel {
  /** As Jitsi Videobridge closes the channel of an endpoint that is removed. */
  private static final short ENDPOINT_CLOSED = 1001;

  private static final short POLICY_VIOLATION = 1008;

  private final ServerWebSocket socket;

  EndpointChannel(ServerWebSocket socket) {
    this.socket = socket;
  }

  void send(ChannelMessage message) {
    if (socket.isClosed()) {
      return;
    }
    if (socket.writeQueueFull()) {
      refuse("does not read");
      return;
    }
    var unused = socket.writeTextMessage(ChannelJson.write(message));
  }

  void refuse(String reason) {
    var unused = socket.close(POLICY_VIOLATION, reason);
  }

  void endpointClosed() {
    var unused = socket.close(ENDPOINT_CLOSED, "endpoint closed");
  }
}
