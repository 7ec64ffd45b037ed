package heyi.media.endpoint;

import heyi.media.ice.IceSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * One UDP port that all endpoints of a bridge share; peers are told apart by ICE credentials.
 *
 * <p>A port knows a peer by its address, therefore <b>two endpoints on one port can not talk to the
 * same remote port</b>, nor to each other: a bridge needs one port for all browsers, but each
 * recorder and each bot opens a port of its own ({@code open(address, 0)}).
 *
 * <p><b>Threads:</b> one receive thread per bound address. Close it after its endpoints.
 */
public final class UdpPort implements AutoCloseable {
  /** How often a number that is free on the first address is taken on another. */
  private static final int ATTEMPTS = 16;

  private final List<IceSocket> sockets;

  private UdpPort(List<IceSocket> sockets) {
    this.sockets = List.copyOf(sockets);
  }

  /**
   * Binds one address.
   *
   * @param address loopback or a local address; not the wildcard
   * @param port 0 takes a free one
   * @throws IOException when the port is taken or the address is not local
   */
  public static UdpPort open(InetAddress address, int port) throws IOException {
    return open(List.of(address), port);
  }

  /**
   * Binds several addresses to the same port number; all become candidates.
   *
   * @param addresses not empty, e.g. loopback and the address in the local network
   * @param port 0 takes one that is free on all of them
   * @throws IOException when one could not be bound; nothing stays open then
   */
  public static UdpPort open(List<InetAddress> addresses, int port) throws IOException {
    if (addresses.isEmpty() || addresses.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
      throw new IllegalArgumentException(
          "at least one address and not the wildcard, but got " + addresses);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return new UdpPort(bindAll(addresses, port));
      } catch (IOException e) {
        if (port != 0 || addresses.size() == 1 || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static List<IceSocket> bindAll(List<InetAddress> addresses, int port) throws IOException {
    final List<IceSocket> bound = new ArrayList<>();
    try {
      for (final InetAddress address : addresses) {
        final int number = bound.isEmpty() ? port : bound.getFirst().localAddress().getPort();
        bound.add(new IceSocket(address, number));
      }
      return bound;
    } catch (IOException e) {
      bound.forEach(IceSocket::close);
      throw e;
    }
  }

  List<IceSocket> sockets() {
    return sockets;
  }

  /** The port number that is bound. */
  public int port() {
    return sockets.getFirst().localAddress().getPort();
  }

  /** The addresses that are bound. */
  public List<InetSocketAddress> addresses() {
    return sockets.stream().map(IceSocket::localAddress).toList();
  }

  @Override
  public void close() {
    sockets.forEach(IceSocket::close);
  }
}
