package heyi.media.endpoint;

import heyi.media.MediaSource;
import heyi.media.Ssrc;
import heyi.media.dtls.DtlsEnd;
import heyi.media.dtls.DtlsSession;
import heyi.media.dtls.DtlsSetup;
import heyi.media.ice.IceSession;
import heyi.media.ice.TransportDescription;
import heyi.media.rtcp.RtcpCompound;
import heyi.media.rtcp.RtcpPacket;
import heyi.media.srtp.SrtpKeys;
import heyi.media.srtp.SrtpSession;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One peer connection of this process with a browser, a bridge or another endpoint.
 *
 * <p>Order of use: {@link #create}, signal {@link #localTransport()}, {@link #connect} with the
 * peer's answer, {@link #expect} and {@link #announce} whenever sources change, {@link #close()}.
 * Closing is idempotent and may be done at any time.
 *
 * <p><b>Threads:</b> all methods may be called from any thread and do not wait for the network.
 *
 * <p><b>Errors:</b> what comes from the network is dropped and counted, never thrown.
 */
public final class WebRtcEndpoint implements AutoCloseable {
  /** Browsers give up after about 15 s; a peer behind a slow network gets twice that. */
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

  /** RFC 7675 §5.1. */
  static final Duration CONSENT_LIMIT = Duration.ofSeconds(30);

  /** What each packet takes on the line beyond itself: IPv4, UDP and the SRTP tag. */
  public static final int OVERHEAD_BYTES = SendBandwidth.OVERHEAD_BYTES;

  private static final Duration GOODBYE_LIMIT = Duration.ofMillis(300);
  private static final Logger LOG = LoggerFactory.getLogger(WebRtcEndpoint.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  private enum State {
    CREATED,
    CONNECTING,
    CONNECTED,
    CLOSED
  }

  private final EndpointOptions options;
  private final EndpointListener listener;
  private final DatagramGate gate;
  private final EndpointCounters counters = new EndpointCounters();
  private final AtomicReference<State> state = new AtomicReference<>(State.CREATED);
  private final AtomicReference<@Nullable TransportDescription> remote = new AtomicReference<>();
  private final LongSupplier clock;
  private final IceSession ice;
  private final DtlsSession dtls;
  private final Receiver receiver;
  private final Sender sender;
  private final InboundMedia inbound;
  private final ScheduledFuture<?> ticks;
  private final AtomicBoolean faultLogged = new AtomicBoolean();
  private volatile @Nullable SrtpSession srtp;
  private volatile boolean iceConnected;
  private volatile long deadlineNanos;

  private WebRtcEndpoint(
      UdpPort port, EndpointOptions options, EndpointListener listener, DatagramGate gate) {
    this.gate = gate;
    this.options = options;
    this.listener = listener;
    clock = options.nanoClock();
    final Ssrc own = Ssrc.ofBits(RANDOM.nextInt());
    receiver = new Receiver(options.rtp(), own, counters, clock.getAsLong());
    final Events events = new Events();
    ice = new IceSession(port.sockets(), options.iceRole(), events);
    dtls = new DtlsSession(ice::send, events);
    sender = new Sender(options.rtp(), counters, this::sendMedia);
    inbound = new InboundMedia(receiver, sender, counters, listener, clock);
    ticks = EndpointTicker.every20Millis(this::tick);
  }

  /**
   * Makes an endpoint and its ICE credentials, certificate and candidates.
   *
   * @param port stays owned by the caller, who closes it after the endpoint
   * @param options roles and agreed numbers
   * @param listener is told of media and of the end
   */
  public static WebRtcEndpoint create(
      UdpPort port, EndpointOptions options, EndpointListener listener) {
    return new WebRtcEndpoint(port, options, listener, DatagramGate.OPEN);
  }

  /** For tests, which lose datagrams on purpose: as {@link #create}, with a gate for media. */
  static WebRtcEndpoint createGated(
      UdpPort port, EndpointOptions options, EndpointListener listener, DatagramGate gate) {
    return new WebRtcEndpoint(port, options, listener, gate);
  }

  private void sendMedia(byte[] buffer, int offset, int length) throws IOException {
    if (gate.passes(DatagramGate.Direction.OUT, buffer, offset, length)) {
      ice.send(buffer, offset, length);
    }
  }

  /** What the peer must know to reach this endpoint; {@code webSockets} is empty. */
  public TransportDescription localTransport() {
    return new TransportDescription(
        ice.ufrag(),
        ice.password(),
        dtls.fingerprint(),
        options.dtlsSetup(),
        ice.candidates(),
        List.of());
  }

  /**
   * Starts connecting; the first call counts, later ones only add candidates.
   *
   * @param peer the peer's credentials; candidates may be absent
   * @throws IllegalArgumentException when both sides want the same DTLS role; nothing has changed
   */
  public void connect(TransportDescription peer) {
    dtlsRole(peer);
    if (remote.compareAndSet(null, peer)) {
      deadlineNanos = clock.getAsLong() + CONNECT_LIMIT.toNanos();
      state.compareAndSet(State.CREATED, State.CONNECTING);
    }
    ice.connect(peer);
  }

  private DtlsSetup dtlsRole(TransportDescription peer) {
    return switch (options.dtlsSetup()) {
      case ACTIVE -> require(peer.setup() != DtlsSetup.ACTIVE, DtlsSetup.ACTIVE, peer);
      case PASSIVE -> require(peer.setup() != DtlsSetup.PASSIVE, DtlsSetup.PASSIVE, peer);
      case ACTPASS ->
          require(
              peer.setup() != DtlsSetup.ACTPASS,
              peer.setup() == DtlsSetup.ACTIVE ? DtlsSetup.PASSIVE : DtlsSetup.ACTIVE,
              peer);
    };
  }

  private DtlsSetup require(boolean fits, DtlsSetup role, TransportDescription peer) {
    if (!fits) {
      throw new IllegalArgumentException(
          "DTLS roles do not fit: here " + options.dtlsSetup() + ", there " + peer.setup());
    }
    return role;
  }

  /**
   * Names the sources that the peer may send; replaces the former list. Only their packets reach
   * the listener, with losses repaired, retransmissions unwrapped and feedback sent.
   *
   * @param sources at most 64 SSRCs in all
   */
  public void expect(List<MediaSource> sources) {
    receiver.expect(sources);
  }

  /**
   * Names the sources that this side sends to the peer; replaces the former list. Lost packets are
   * repeated on the source's retransmission SSRC when it has one, else as they were. Sending
   * something not announced works too, without retransmission SSRC.
   *
   * @param sources what was signalled to the peer
   */
  public void announce(List<MediaSource> sources) {
    sender.announce(sources);
  }

  /**
   * Sends one plain RTP packet: it is copied, its transport-wide sequence number and abs-send-time
   * extensions (when it has them) are set, it is encrypted, sent, and kept to answer NACKs. Dropped
   * and counted when not connected, or when the sequence number was sent before.
   *
   * @param packet holds a whole RTP packet
   * @param offset of the RTP header
   * @param length of the packet
   */
  public void sendRtp(byte[] packet, int offset, int length) {
    final SrtpSession session = sendable();
    if (session != null) {
      sender.sendRtp(session, packet, offset, length, clock.getAsLong());
    }
  }

  /** Sends one plain compound RTCP packet; the range begins at its first header. */
  public void sendRtcp(byte[] packet, int offset, int length) {
    final SrtpSession session = sendable();
    if (session != null) {
      sender.sendRtcp(session, packet, offset, length);
    }
  }

  private @Nullable SrtpSession sendable() {
    final SrtpSession session = state.get() == State.CONNECTED ? srtp : null;
    if (session == null) {
      counters.drop(DropReason.NOT_CONNECTED);
    }
    return session;
  }

  /**
   * Asks the peer for a keyframe (PLI); at most one per 300 ms and stream goes out, a request in
   * between is sent when the time is over unless a keyframe came.
   *
   * @param ssrc of an expected video stream
   */
  public void requestKeyframe(Ssrc ssrc) {
    receiver.wantKeyframe(ssrc);
  }

  /** Nanoseconds that a picture is to wait now, so that sound does not wait behind it. */
  public long pictureWaitNanos() {
    return sender.pictureWaitNanos(clock.getAsLong());
  }

  /** Another peer, to whom the stream goes on, lost so much of it; in 1/256. */
  public void lostBehind(Ssrc ssrc, int fraction) {
    receiver.lostBehind(ssrc, fraction, clock.getAsLong());
  }

  /** Counters until now. */
  public EndpointStatistics statistics() {
    return counters.snapshot(state.get() == State.CONNECTED);
  }

  /** Says goodbye to the peer and frees everything in the background. */
  @Override
  public void close() {
    end(CloseReason.CLOSED_BY_OWNER);
  }

  private void end(CloseReason reason) {
    if (state.getAndSet(State.CLOSED) == State.CLOSED) {
      return;
    }
    ticks.cancel(false);
    dtls.close();
    Thread.ofVirtual().name("media-close-" + options.id()).start(this::free);
    LOG.info("media endpoint closed endpoint={} reason={}", options.id(), reason);
    listener.onClosed(reason);
  }

  private void free() {
    try {
      dtls.awaitFinished(GOODBYE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ice.close();
    }
  }

  private void tick() {
    try {
      final long now = clock.getAsLong();
      final State current = state.get();
      if ((current == State.CONNECTING || current == State.CONNECTED) && now - deadlineNanos > 0) {
        end(current == State.CONNECTED ? CloseReason.CONSENT_EXPIRED : connectFailure());
        return;
      }
      final SrtpSession session = srtp;
      if (current != State.CONNECTED || session == null) {
        return;
      }
      sender.tick();
      for (final List<RtcpPacket> compound : receiver.takeFeedback(now)) {
        final byte[] bytes = RtcpCompound.write(compound);
        sender.sendRtcp(session, bytes, 0, bytes.length);
      }
    } catch (RuntimeException e) {
      fault("tick", e);
    }
  }

  /** A bug, of this class or of the listener; a peer must not fill the log by it. */
  private void fault(String where, RuntimeException e) {
    counters.drop(DropReason.FAULT);
    if (faultLogged.compareAndSet(false, true)) {
      LOG.warn("media endpoint has a fault endpoint={} where={}", options.id(), where, e);
    }
  }

  private CloseReason connectFailure() {
    return iceConnected ? CloseReason.DTLS_FAILED : CloseReason.ICE_FAILED;
  }

  private void startDtls() {
    final TransportDescription peer = remote.get();
    if (peer != null && state.get() != State.CLOSED) {
      dtls.start(dtlsRole(peer), peer.fingerprint(), "dtls-" + options.id());
    }
  }

  private void connected(SrtpKeys keys) {
    srtp = new SrtpSession(keys);
    deadlineNanos = clock.getAsLong() + CONSENT_LIMIT.toNanos();
    if (state.compareAndSet(State.CONNECTING, State.CONNECTED)) {
      LOG.info("media endpoint connected endpoint={}", options.id());
      listener.onConnected();
    }
  }

  /** First octets as RFC 7983 §7 tells them apart. */
  private void datagram(byte[] buffer, int offset, int length) {
    final int first = length < 2 ? -1 : buffer[offset] & 0xFF;
    if (first >= 20 && first <= 63) {
      dtlsDatagram(buffer, offset, length);
    } else if (first >= 128 && first <= 191) {
      final SrtpSession session = state.get() == State.CONNECTED ? srtp : null;
      if (session == null) {
        counters.drop(DropReason.NOT_CONNECTED);
        return;
      }
      if (gate.passes(DatagramGate.Direction.IN, buffer, offset, length)) {
        inbound.take(session, buffer, offset, length);
      }
    } else {
      counters.drop(DropReason.UNKNOWN_PROTOCOL);
    }
  }

  private void dtlsDatagram(byte[] buffer, int offset, int length) {
    final TransportDescription peer = remote.get();
    if (peer == null || state.get() == State.CLOSED) {
      counters.drop(DropReason.NOT_CONNECTED);
      return;
    }
    if (!dtls.receive(buffer, offset, length)) {
      counters.drop(DropReason.OVERFLOW);
    }
    if (dtlsRole(peer) == DtlsSetup.PASSIVE) {
      startDtls();
    }
  }

  /** What ICE and DTLS tell; a fault of a handler must not kill their threads. */
  private final class Events implements IceSession.Listener, DtlsSession.Listener {
    @Override
    public void onIceConnected() {
      iceConnected = true;
      startDtls();
    }

    @Override
    public void onIceFailed() {
      if (state.get() != State.CONNECTED) {
        end(CloseReason.ICE_FAILED);
      }
    }

    @Override
    public void onConsent() {
      if (state.get() == State.CONNECTED) {
        deadlineNanos = clock.getAsLong() + CONSENT_LIMIT.toNanos();
      }
    }

    @Override
    public void onDatagram(byte[] buffer, int offset, int length) {
      try {
        datagram(buffer, offset, length);
      } catch (RuntimeException e) {
        fault("datagram", e);
      }
    }

    @Override
    public void onKeys(SrtpKeys keys) {
      connected(keys);
    }

    @Override
    public void onDtlsEnded(DtlsEnd reason) {
      end(
          switch (reason) {
            case HANDSHAKE_FAILED -> CloseReason.DTLS_FAILED;
            case FINGERPRINT_MISMATCH -> CloseReason.FINGERPRINT_MISMATCH;
            case CLOSED_BY_PEER -> CloseReason.CLOSED_BY_PEER;
          });
    }
  }
}
