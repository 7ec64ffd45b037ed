package heyi.media.bridge;

import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.Ssrc;
import heyi.media.bridge.Routes.Route;
import heyi.media.colibri2.ChannelMessage;
import heyi.media.colibri2.ForceMute;
import heyi.media.colibri2.VideoConstraints;
import heyi.media.dtls.DtlsSetup;
import heyi.media.endpoint.CloseReason;
import heyi.media.endpoint.EndpointListener;
import heyi.media.endpoint.EndpointOptions;
import heyi.media.endpoint.RtpParameters;
import heyi.media.endpoint.UdpPort;
import heyi.media.endpoint.WebRtcEndpoint;
import heyi.media.ice.IceRole;
import heyi.media.ice.TransportDescription;
import heyi.media.rtp.Vp8Descriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  private final ReceivedVideos videos;
  private final BridgeCounters counters;
  private final LongSupplier nanoClock;
  private final long createdNanos;

  /** Part of the channel's address, which only the one who made the endpoint is told. */
  private final String channelPassword = UUID.randomUUID().toString();

  private final Map<SourceName, Integer> toldHeights = new HashMap<>();
  private volatile VideoConstraints wish = VideoConstraints.BEST;
  private volatile @Nullable EndpointChannel channel;
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
      Function<LongSupplier, SendQueue> queues,
      ConferenceMedia media) {
    this.id = id;
    this.counters = media.counters();
    this.nanoClock = media.nanoClock();
    this.createdNanos = nanoClock.getAsLong();
    this.forwarder = new Forwarder(this, media);
    this.videos = new ReceivedVideos(this, media);
    this.connection =
        WebRtcEndpoint.create(
            port,
            new EndpointOptions(id, role, DtlsSetup.ACTPASS, RtpParameters.DEFAULT, nanoClock),
            new Listener());
    this.queue = queues.apply(connection::pictureWaitNanos);
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
    forwarder.sourcesChanged(ssrcs(replacing));
    connection.expect(replacing);
  }

  void mute(ForceMute replacing) {
    mute = replacing;
  }

  VideoConstraints wish() {
    return wish;
  }

  void wish(VideoConstraints replacing) {
    wish = replacing;
  }

  String channelPassword() {
    return channelPassword;
  }

  /** Takes a channel in place of the one that it may have; control thread. */
  void channelOpened(EndpointChannel opened) {
    EndpointChannel former = channel;
    channel = opened;
    if (former != null) {
      former.endpointClosed();
    }
    toldHeights.forEach(
        (source, height) -> opened.send(new ChannelMessage.SenderConstraint(source, height)));
  }

  /** The endpoint keeps its last wish: a channel that breaks is opened again. */
  void channelClosed(EndpointChannel closed) {
    if (closed == channel) {
      channel = null;
    }
  }

  /** Says something over the channel, when there is one. */
  void tell(ChannelMessage message) {
    EndpointChannel open = channel;
    if (open != null) {
      open.send(message);
    }
  }

  /** Says how much of a video is wanted, when that changed; control thread. */
  void tellHeight(SourceName source, int height) {
    int before = toldHeights.getOrDefault(source, VideoConstraints.BEST_HEIGHT);
    if (before != height) {
      toldHeights.put(source, height);
      tell(new ChannelMessage.SenderConstraint(source, height));
    }
  }

  /** Names what others send, so that losses on the way to this participant can be repaired. */
  void announce(List<MediaSource> others) {
    connection.announce(others);
    videos.announced(ssrcs(others));
  }

  private static Set<Ssrc> ssrcs(List<MediaSource> sources) {
    return sources.stream()
        .flatMap(source -> source.ssrcs().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Another participant lost a share, in 1/256, of what this one says. */
  void lostBehind(Ssrc ssrc, int fraction) {
    connection.lostBehind(ssrc, fraction);
  }

  /** What one of its streams takes on a line. */
  LayerRates rates(Ssrc ssrc) {
    return forwarder.rates(ssrc);
  }

  /** Sends on as much of a video as the way to this participant carries. */
  void forwardVideo(Route route, byte[] packet, @Nullable Vp8Descriptor descriptor) {
    byte[] passed = videos.pass(route, packet, descriptor);
    if (passed != null && takes(passed)) {
      queue.addPicture(passed.length, () -> connection.sendRtp(passed, 0, passed.length));
    }
  }

  /** Leaves out a packet of a video that this participant does not look at. */
  void passOver(Route route, byte[] packet, @Nullable Vp8Descriptor descriptor) {
    videos.passOver(route, packet, descriptor);
  }

  /** Sends sound on, before any picture that waits. */
  void forwardAudio(byte[] packet) {
    if (takes(packet)) {
      queue.addSound(() -> connection.sendRtp(packet, 0, packet.length));
    }
  }

  /** Bits of pictures that wait for their turn on a narrow line. */
  long waitingBits() {
    return queue.pictureBytes() * Byte.SIZE;
  }

  private boolean takes(byte[] packet) {
    if (state != State.CONNECTED) {
      return false;
    }
    counters.packetsOut.increment();
    counters.bytesOut.add(packet.length);
    return true;
  }

  void forwardRtcp(byte[] packet) {
    if (state == State.CONNECTED) {
      queue.addSound(() -> connection.sendRtcp(packet, 0, packet.length));
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
    EndpointChannel open = channel;
    if (open != null) {
      open.endpointClosed();
    }
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
    public void onSendBandwidth(long bitsPerSecond, long nowNanos) {
      videos.line(bitsPerSecond, nowNanos);
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
