package heyi.media.bot;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From which of this host's addresses a bridge is reached. */
public final class LocalAddress {
  private static final Pattern CANDIDATE =
      Pattern.compile("a=candidate:\\S+ 1 udp \\d+ (\\S+) (\\d+) typ ");

  private LocalAddress() {}

  /** The address that this host would use; a datagram socket is bound, nothing is sent. */
  public static InetAddress towards(String address, int port) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(address, port));
      return socket.getLocalAddress();
    }
  }

  /** As above, towards the first candidate of an offer; loopback when it names none. */
  public static InetAddress towards(String offer) throws IOException {
    Matcher candidate = CANDIDATE.matcher(offer);
    return candidate.find()
        ? towards(candidate.group(1), Integer.parseInt(candidate.group(2)))
        : InetAddress.getLoopbackAddress();
  }
}
