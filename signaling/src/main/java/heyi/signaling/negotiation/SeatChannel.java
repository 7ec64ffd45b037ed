package heyi.signaling.negotiation;

import heyi.media.EndpointId;
import heyi.media.SourceName;
import heyi.media.colibri2.BridgeChannel;
import heyi.media.colibri2.BridgeClient;
import heyi.media.colibri2.BridgeHealth;
import heyi.media.colibri2.VideoConstraints;
import heyi.media.ice.TransportDescription;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the bridge channel of one endpoint open for as long as its peer connection lives. Jitsi
 * Videobridge sends video only to those who say over it how much they want; and a broken channel is
 * the first sign of a dead bridge, long before the media stop.
 *
 * <p><b>Threads:</b> the room's context, on which the listener is called too.
 */
final class SeatChannel {
  private static final Logger LOG = LoggerFactory.getLogger(SeatChannel.class);

  /** A healthy bridge that drops a channel is not asked again at once. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Context context;
  private final BridgeClient bridge;
  private final TransportDescription transport;
  private final Listener listener;
  private VideoConstraints wish = VideoConstraints.USUAL;
  private @Nullable BridgeChannel open;
  private boolean closed;

  /** Hears what comes over the channel. */
  interface Listener {
    void dominantSpeaker(EndpointId endpoint);

    void senderConstraint(SourceName source, int maxHeight);

    /** The channel broke, and the bridge does not answer. */
    void bridgeFailed();

    /** The bridge is well, but has removed the endpoint, perhaps with its whole conference. */
    void endpointGone();
  }

  SeatChannel(
      Vertx vertx,
      Context context,
      BridgeClient bridge,
      TransportDescription transport,
      Listener listener) {
    this.vertx = vertx;
    this.context = context;
    this.bridge = bridge;
    this.transport = transport;
    this.listener = listener;
  }

  void open() {
    if (closed) {
      return;
    }
    BridgeChannel.open(vertx, transport, wish, new Ears())
        .onSuccess(channel -> onContext(() -> opened(channel)))
        .onFailure(failure -> onContext(() -> ended(BridgeChannel.Ended.BROKEN)));
  }

  private void opened(BridgeChannel channel) {
    if (closed) {
      channel.close();
    } else {
      open = channel;
      channel.receive(wish);
    }
  }

  void wish(VideoConstraints next) {
    wish = next;
    if (open != null) {
      open.receive(next);
    }
  }

  void close() {
    closed = true;
    if (open != null) {
      open.close();
    }
  }

  /** A bridge that is shut down closes its channels in order, too: only its health tells. */
  private void ended(BridgeChannel.Ended how) {
    if (closed) {
      return;
    }
    LOG.warn("bridge channel ended bridge={} how={}", bridge.id(), how);
    open = null;
    bridge
        .health()
        .onSuccess(
            health -> {
              if (closed) {
                return;
              }
              if (!(health instanceof BridgeHealth.Healthy)) {
                listener.bridgeFailed();
              } else if (how == BridgeChannel.Ended.ORDERLY) {
                listener.endpointGone();
              } else {
                vertx.setTimer(RETRY.toMillis(), ignored -> open());
              }
            });
  }

  private void onContext(Runnable action) {
    context.runOnContext(ignored -> action.run());
  }

  /** Hears the bridge on an event loop, and passes it on to the room's context. */
  private final class Ears implements BridgeChannel.Listener {
    @Override
    public void ended(BridgeChannel.Ended how) {
      onContext(() -> SeatChannel.this.ended(how));
    }

    @Override
    public void dominantSpeaker(EndpointId speaker) {
      onContext(
          () -> {
            if (!closed) {
              listener.dominantSpeaker(speaker);
            }
          });
    }

    @Override
    public void senderConstraint(SourceName source, int maxHeight) {
      onContext(
          () -> {
            if (!closed) {
              listener.senderConstraint(source, maxHeight);
            }
          });
    }
  }
}
