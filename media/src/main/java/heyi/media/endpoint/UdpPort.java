package heyi.media.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * One UDP port that all endpoints of a bridge share; peers are told apart by ICE credentials.
 *
 * <p>A port knows a peer by its address, therefore <b>two endpoints on one port can not talk to the
 * same remote port</b>: a bridge needs one port for all browsers, but each recorder and each bot
 * opens a port of its own ({@code open(address, 0)}).
 *
 * <p><b>Threads:</b> one receive thread per bound address. Close it after its endpoints.
 */
public final class UdpPort implements AutoCloseable {
  private UdpPort() {}

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
   * @throws IOException when nothing could be bound; nothing stays open then
   */
  public static UdpPort open(List<InetAddress> addresses, int port) throws IOException {
    throw new IllegalStateException("not built yet: " + addresses + " " + port);
  }

  /** The port number that is bound. */
  public int port() {
    throw new IllegalStateException("not built yet");
  }

  /** The addresses that are bound. */
  public List<InetSocketAddress> addresses() {
    throw new IllegalStateException("not built yet");
  }

  @Override
  public void close() {}
}
