package heyi.media.ice;

import java.beans.PropertyChangeEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.RemoteCandidate;
import org.ice4j.util.Buffer;
import org.ice4j.util.BufferHandler;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * One ICE session: finds the path to one peer and carries its datagrams (RFC 8445, full ICE, one
 * component, consent freshness of RFC 7675).
 *
 * <p><b>Threads:</b> may be called from any thread. The listener is called on threads of ice4j.
 */
public final class IceSession implements AutoCloseable {
  /** What happens on the path. */
  public interface Listener {
    /** A path is nominated. */
    void onIceConnected();

    /** No path was found. */
    void onIceFailed();

    /** The peer has just confirmed that it wants to receive. */
    void onConsent();

    /**
     * A datagram that is not STUN.
     *
     * @param buffer owned by the listener
     * @param offset of the payload
     * @param length of the payload
     */
    void onDatagram(byte[] buffer, int offset, int length);
  }

  /** Each candidate costs a socket and a thread, and a peer seldom needs more than three. */
  private static final int MAX_REMOTE_CANDIDATES = 8;

  private static final Logger LOGGER = quietLogger();

  private final List<IceSocket> sockets;

  private final Listener listener;
  private final Agent agent;
  private final IceMediaStream stream;
  private final Component component;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Makes credentials and candidates.
   *
   * @param sockets where to listen; stay owned by the caller
   * @param role who nominates
   * @param listener is told of the path and of datagrams
   */
  public IceSession(List<IceSocket> sockets, IceRole role, Listener listener) {
    this.sockets = List.copyOf(sockets);
    this.listener = listener;
    agent = new Agent(LOGGER);
    try {
      agent.setUseDynamicPorts(false);
      this.sockets.forEach(socket -> agent.addCandidateHarvester(socket.harvester()));
      agent.setControlling(role == IceRole.CONTROLLING);
      agent.setPerformConsentFreshness(true);
      stream = agent.createMediaStream("media");
      component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false);
    } catch (IOException e) {
      agent.free();
      throw new IllegalStateException("ice4j could not make a session", e);
    }
    component.setBufferCallback(
        new BufferHandler() {
          @Override
          public void handleBuffer(Buffer buffer) {
            listener.onDatagram(buffer.getBuffer(), buffer.getOffset(), buffer.getLength());
          }
        });
    agent.addStateChangeListener(this::stateChanged);
    stream.addPairChangeListener(this::pairChanged);
  }

  /** ice4j warns with a stack trace of each check that meets a closed socket. */
  private static Logger quietLogger() {
    final Logger logger = new LoggerImpl("org.ice4j.session");
    logger.setLevelError();
    return logger;
  }

  private void stateChanged(PropertyChangeEvent event) {
    if (event.getNewValue() == IceProcessingState.COMPLETED) {
      listener.onIceConnected();
    } else if (event.getNewValue() == IceProcessingState.FAILED) {
      listener.onIceFailed();
    }
  }

  private void pairChanged(PropertyChangeEvent event) {
    if (IceMediaStream.PROPERTY_PAIR_CONSENT_FRESHNESS_CHANGED.equals(event.getPropertyName())) {
      listener.onConsent();
    }
  }

  /** Local username fragment. */
  public String ufrag() {
    return agent.getLocalUfrag();
  }

  /** Local password. */
  public String password() {
    return agent.getLocalPassword();
  }

  /** Where this session may be reached. */
  public List<IceCandidate> candidates() {
    final List<IceCandidate> candidates = new ArrayList<>();
    for (final LocalCandidate local : component.getLocalCandidates()) {
      final TransportAddress address = local.getTransportAddress();
      candidates.add(
          new IceCandidate(
              local.getFoundation(),
              Component.RTP,
              "udp",
              local.getPriority(),
              address.getAddress().getHostAddress().replaceAll("%.*", ""),
              address.getPort(),
              "host",
              null));
    }
    return List.copyOf(candidates);
  }

  /**
   * Starts the checks with the first call; later calls only add candidates.
   *
   * @param remote credentials and candidates of the peer; without candidates its checks are awaited
   */
  public void connect(TransportDescription remote) {
    if (closed.get()) {
      return;
    }
    final boolean first = started.compareAndSet(false, true);
    if (first) {
      stream.setRemoteUfrag(remote.ufrag());
      stream.setRemotePassword(remote.password());
    }
    remote.candidates().stream()
        .filter(candidate -> candidate.protocol().equals("udp") && candidate.component() == 1)
        .filter(candidate -> candidate.port() != 0)
        .limit(MAX_REMOTE_CANDIDATES)
        .forEach(candidate -> add(candidate, first));
    if (first) {
      agent.startConnectivityEstablishment();
    } else if (agent.getState() == IceProcessingState.RUNNING) {
      component.updateRemoteCandidates();
    }
  }

  private void add(IceCandidate candidate, boolean beforeStart) {
    final InetSocketAddress address;
    try {
      address = new InetSocketAddress(InetAddress.ofLiteral(candidate.address()), candidate.port());
    } catch (IllegalArgumentException notAnAddress) {
      return;
    }
    for (final IceSocket socket : sockets) {
      if (sameFamily(socket.localAddress(), address) && !socket.localAddress().equals(address)) {
        socket.harvester().openTowards(address, ufrag());
      }
    }
    final RemoteCandidate remote =
        new RemoteCandidate(
            new TransportAddress(address.getAddress(), address.getPort(), Transport.UDP),
            component,
            CandidateType.parse(candidate.type()),
            candidate.foundation(),
            candidate.priority(),
            null);
    if (beforeStart) {
      component.addRemoteCandidate(remote);
    } else {
      component.addUpdateRemoteCandidates(remote);
    }
  }

  private static boolean sameFamily(InetSocketAddress a, InetSocketAddress b) {
    return a.getAddress().getClass() == b.getAddress().getClass();
  }

  /**
   * Sends to the peer.
   *
   * @throws IOException when there is no path yet or the socket refuses
   */
  public void send(byte[] buffer, int offset, int length) throws IOException {
    component.send(buffer, offset, length);
  }

  /** Frees everything; may wait for threads of ice4j, so not for an event loop. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      agent.free();
    }
  }
}
