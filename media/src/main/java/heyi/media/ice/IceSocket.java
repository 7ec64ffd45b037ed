package heyi.media.ice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.harvest.SinglePortUdpHarvester;
import org.ice4j.util.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One bound UDP address, shared by many ICE sessions.
 *
 * <p><b>Threads:</b> ice4j runs one receive thread per socket; it calls the sessions' handlers.
 */
public final class IceSocket implements AutoCloseable {
  private final Harvester harvester;

  /**
   * Binds.
   *
   * @param address a local address, not the wildcard
   * @param port 0 takes a free one
   * @throws IOException when it can not be bound
   */
  public IceSocket(InetAddress address, int port) throws IOException {
    IceStack.prepare();
    harvester = new Harvester(new TransportAddress(address, port, Transport.UDP));
  }

  /** The address and port that are bound. */
  public InetSocketAddress localAddress() {
    final TransportAddress local = harvester.getLocalAddress();
    return new InetSocketAddress(local.getAddress(), local.getPort());
  }

  Harvester harvester() {
    return harvester;
  }

  @Override
  public void close() {
    harvester.close();
  }

  /**
   * ice4j makes a session's socket for a remote address only when the first STUN request comes from
   * there, so it could never send the first one. {@link #openTowards} does by hand what an incoming
   * request does; both may happen at the same time, so one of them finds the socket of the other.
   */
  static final class Harvester extends SinglePortUdpHarvester {
    /**
     * How many remote addresses one session may have at the same time. Each costs a socket of
     * ice4j, and whoever knows the session's ufrag can send from as many as he likes; a phone that
     * changes networks all the time does not come near it within one consent period.
     */
    static final int MAX_REMOTES_PER_SESSION = 32;

    private record Opened<S>(String ufrag, S socket) {}

    /** Null in the first moment: ice4j starts its thread while this object is still being made. */
    private final @Nullable Map<InetSocketAddress, Opened<MySocket>> opened;

    Harvester(TransportAddress address) throws IOException {
      super(address);
      opened = new HashMap<>();
    }

    void openTowards(InetSocketAddress remote, String localUfrag) {
      final Buffer none = new Buffer(new byte[0], 0, 0, null, null, null);
      maybeAcceptNewSession(none, remote, localUfrag);
    }

    @Override
    protected @Nullable MySocket maybeAcceptNewSession(
        Buffer buffer, InetSocketAddress remote, String ufrag) {
      final Map<InetSocketAddress, Opened<MySocket>> sessions = opened;
      if (sessions == null) {
        return null;
      }
      synchronized (sessions) {
        final Opened<MySocket> known = sessions.get(remote);
        if (known != null && known.ufrag().equals(ufrag) && !known.socket().isClosed()) {
          return known.socket();
        }
        if (openOf(sessions, ufrag) >= MAX_REMOTES_PER_SESSION) {
          return null;
        }
        final MySocket made = accept(buffer, remote, ufrag);
        if (made != null) {
          sessions.values().removeIf(other -> other.socket().isClosed());
          sessions.put(remote, new Opened<>(ufrag, made));
        }
        return made;
      }
    }

    /** How many remote addresses the session has now. */
    int remotesOf(String ufrag) {
      final Map<InetSocketAddress, Opened<MySocket>> sessions = opened;
      if (sessions == null) {
        return 0;
      }
      synchronized (sessions) {
        return openOf(sessions, ufrag);
      }
    }

    private static int openOf(Map<InetSocketAddress, Opened<MySocket>> sessions, String ufrag) {
      int open = 0;
      for (final Opened<MySocket> session : sessions.values()) {
        if (session.ufrag().equals(ufrag) && !session.socket().isClosed()) {
          open++;
        }
      }
      return open;
    }

    /** What ice4j throws here, e.g. of an agent that is just being freed, would end its thread. */
    private @Nullable MySocket accept(Buffer buffer, InetSocketAddress remote, String ufrag) {
      try {
        return super.maybeAcceptNewSession(buffer, remote, ufrag);
      } catch (RuntimeException e) {
        return null;
      }
    }
  }
}
