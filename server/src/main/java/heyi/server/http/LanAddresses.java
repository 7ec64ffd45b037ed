package heyi.server.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** The addresses under which other devices of the local network reach this machine. */
public final class LanAddresses {
  private LanAddresses() {}

  /** IPv4 addresses of the interfaces that are up, without loopback and container bridges. */
  public static List<InetAddress> find() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(LanAddresses::isUsable)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet4Address)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .distinct()
          .toList();
    } catch (SocketException _) {
      return List.of();
    }
  }

  private static boolean isUsable(NetworkInterface candidate) {
    String name = candidate.getName();
    try {
      return candidate.isUp()
          && !candidate.isLoopback()
          && !candidate.isPointToPoint()
          && !name.startsWith("docker")
          && !name.startsWith("br-")
          && !name.startsWith("veth");
    } catch (SocketException _) {
      return false;
    }
  }
}
