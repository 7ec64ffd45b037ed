package heyi.media.bridge;

import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.colibri2.ForceMute;
import heyi.media.dtls.DtlsSetup;
import heyi.media.endpoint.CloseReason;
import heyi.media.endpoint.EndpointListener;
import heyi.media.endpoint.EndpointOptions;
import heyi.media.endpoint.RtpParameters;
import heyi.media.endpoint.UdpPort;
import heyi.media.endpoint.WebRtcEndpoint;
import heyi.media.ice.IceRole;
import heyi.media.ice.TransportDescription;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One participant as the bridge has it: his connection, what he sends, and the queue of what he is
 * to receive.
 *
 * <p><b>Threads:</b> signalled state is written on the control thread; media methods run on media
 * threads.
 */
final class BridgeEndpoint {
  private final EndpointId id;
  private final WebRtcEndpoint connection;
  private final SendQueue queue;
  private final Forwarder forwarder;
  private final BridgeCounters counters;
  private final LongSupplier nanoClock;
  private final long createdNanos;
  private volatile List<MediaSource> sources = List.of();
  private volatile ForceMute mute = ForceMute.NONE;
  private volatile State state = State.CONNECTING;
  private volatile long endedNanos;

  /** Where the connection is. */
  enum State {
    CONNECTING,
    CONNECTED,
    ENDED
  }

  BridgeEndpoint(
      EndpointId id,
      IceRole role,
      UdpPort port,
      SendQueue queue,
      Supplier<Routes> routes,
      BridgeCounters counters,
      LongSupplier nanoClock) {
    this.id = id;
    this.queue = queue;
    this.counters = counters;
    this.nanoClock = nanoClock;
    this.createdNanos = nanoClock.getAsLong();
    this.forwarder = new Forwarder(this, routes, counters);
    this.connection =
        WebRtcEndpoint.create(
            port,
            new EndpointOptions(id, role, DtlsSetup.ACTPASS, RtpParameters.DEFAULT, nanoClock),
            new Listener());
  }

  EndpointId id() {
    return id;
  }

  List<MediaSource> sources() {
    return sources;
  }

  ForceMute mute() {
    return mute;
  }

  TransportDescription localTransport() {
    return connection.localTransport();
  }

  void connect(TransportDescription remote) {
    connection.connect(remote);
  }

  void send(List<MediaSource> replacing) {
    sources = replacing;
    forwarder.sourcesChanged();
    connection.expect(replacing);
  }

  void mute(ForceMute replacing) {
    mute = replacing;
  }

  /** Names what others send, so that losses on the way to this participant can be repaired. */
  void announce(List<MediaSource> others) {
    connection.announce(others);
  }

  void forwardRtp(byte[] packet) {
    if (state != State.CONNECTED) {
      return;
    }
    counters.packetsOut.increment();
    counters.bytesOut.add(packet.length);
    queue.add(() -> connection.sendRtp(packet, 0, packet.length));
  }

  void forwardRtcp(byte[] packet) {
    if (state == State.CONNECTED) {
      queue.add(() -> connection.sendRtcp(packet, 0, packet.length));
    }
  }

  void requestKeyframe(Ssrc ssrc) {
    if (state == State.CONNECTED) {
      connection.requestKeyframe(ssrc);
    }
  }

  boolean isConnected() {
    return state == State.CONNECTED;
  }

  boolean isIdle(BridgeLimits limits) {
    long now = nanoClock.getAsLong();
    return switch (state) {
      case CONNECTING -> now - createdNanos >= limits.neverConnected().toNanos();
      case CONNECTED -> false;
      case ENDED -> now - endedNanos >= limits.disconnected().toNanos();
    };
  }

  void close() {
    connection.close();
  }

  /** Runs on the receive thread of the port. */
  private final class Listener implements EndpointListener {
    @Override
    public void onConnected() {
      state = State.CONNECTED;
      forwarder.connected();
    }

    @Override
    public void onRtp(byte[] buffer, int offset, int length, long arrivalNanos) {
      forwarder.rtp(buffer, offset, length);
    }

    @Override
    public void onRtcp(byte[] buffer, int offset, int length, long arrivalNanos) {
      forwarder.rtcp(buffer, offset, length);
    }

    @Override
    public void onKeyframeRequested(Ssrc ssrc) {
      forwarder.keyframeRequested(ssrc);
    }

    @Override
    public void onClosed(CloseReason reason) {
      endedNanos = nanoClock.getAsLong();
      state = State.ENDED;
    }
  }
}
