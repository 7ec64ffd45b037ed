package heyi.media.bridge;

import heyi.media.EndpointId;
import heyi.media.colibri2.ChannelJson;
import heyi.media.colibri2.ChannelMessage;
import heyi.media.colibri2.ColibriFormatException;
import heyi.media.colibri2.VideoConstraints;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the bridge channels of endpoints, as Jitsi Videobridge does: {@code
 * /colibri-ws/embedded/{conference}/{endpoint}?pwd=…}, the password being part of the address that
 * the allocation answered.
 *
 * <p><b>Threads:</b> the event loops of the server; what changes conferences is passed to the
 * control thread. <b>Bounds:</b> {@value #MAX_WAITING} messages of a channel may wait for it.
 */
final class ChannelDoor implements Handler<ServerWebSocketHandshake> {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelDoor.class);
  private static final String ROOT = "/colibri-ws/embedded/";
  private static final Pattern PATH =
      Pattern.compile(Pattern.quote(ROOT) + "([^/?]{1,256})/([^/?]{1,256})");
  private static final int MAX_WAITING = 16;
  private static final int FORBIDDEN = 403;

  private final WorkerExecutor control;
  private final ConferenceTable table;

  ChannelDoor(WorkerExecutor control, ConferenceTable table) {
    this.control = control;
    this.table = table;
  }

  /** Where an endpoint's channel is opened. */
  static URI address(URI server, String conference, EndpointId endpoint, String password) {
    return URI.create(
        "ws://"
            + server.getRawAuthority()
            + ROOT
            + conference
            + "/"
            + endpoint.value()
            + "?pwd="
            + password);
  }

  @Override
  public void handle(ServerWebSocketHandshake handshake) {
    Matcher path = PATH.matcher(String.valueOf(handshake.path()));
    String query = String.valueOf(handshake.query());
    if (!path.matches() || !query.startsWith("pwd=")) {
      var unused = handshake.reject(FORBIDDEN);
      return;
    }
    String password = query.substring("pwd=".length());
    control
        .executeBlocking(
            () -> table.findEndpoint(path.group(1), path.group(2), password).orElse(null), true)
        .onComplete(
            (endpoint, failure) -> {
              if (endpoint == null) {
                var unused = handshake.reject(FORBIDDEN);
              } else {
                handshake.accept().onSuccess(socket -> opened(socket, path.group(1), endpoint));
              }
            });
  }

  private void opened(ServerWebSocket socket, String conference, BridgeEndpoint endpoint) {
    EndpointChannel channel = new EndpointChannel(socket);
    AtomicInteger waiting = new AtomicInteger();
    socket.textMessageHandler(
        text -> {
          if (waiting.incrementAndGet() > MAX_WAITING) {
            channel.refuse("too many messages");
            return;
          }
          said(conference, endpoint, text)
              .onComplete(ignored -> waiting.decrementAndGet())
              .onFailure(failure -> channel.refuse("unusable message"));
        });
    socket.exceptionHandler(failure -> LOG.debug("channel failed: {}", failure.toString()));
    socket.closeHandler(ignored -> endpoint.channelClosed(channel));
    control
        .executeBlocking(
            () -> {
              table.find(conference).channelOpened(endpoint, channel);
              return true;
            },
            true)
        .onFailure(failure -> channel.endpointClosed());
  }

  private Future<Boolean> said(String conference, BridgeEndpoint endpoint, String text) {
    return control.executeBlocking(
        () -> {
          if (parsed(text) instanceof ChannelMessage.Receive(VideoConstraints wish)) {
            table.find(conference).wants(endpoint, wish);
          }
          return true;
        },
        true);
  }

  private static ChannelMessage parsed(String text) throws ColibriFormatException {
    return ChannelJson.read(text);
  }
}
