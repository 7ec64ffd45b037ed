package heyi.media.ice;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One address where an endpoint may be reached (RFC 8839 §5.1).
 *
 * <p><b>Bounds:</b> short tokens only, so that a candidate can never break an SDP line.
 *
 * @param foundation groups candidates of the same base, 1 to 32 characters
 * @param component 1 (RTP and RTCP share it)
 * @param protocol {@code udp} or {@code tcp}
 * @param priority 0 to 2^32-1
 * @param address IP address in text form; host names are refused, they would need look-ups
 * @param port 0 to 65535
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 * @param related the address behind a reflexive or relayed one
 */
public record IceCandidate(
    String foundation,
    int component,
    String protocol,
    long priority,
    String address,
    int port,
    String type,
    @Nullable RelatedAddress related) {
  private static final Pattern FOUNDATION = Pattern.compile("[A-Za-z0-9+/]{1,32}");
  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");
  private static final Set<String> PROTOCOLS = Set.of("udp", "tcp");
  private static final Set<String> TYPES = Set.of("host", "srflx", "prflx", "relay");
  private static final long MAX_PRIORITY = 0xFFFF_FFFFL;
  private static final int MAX_PORT = 65_535;

  /**
   * The base address of a reflexive or relayed candidate.
   *
   * @param address IP address in text form
   * @param port 0 to 65535
   */
  public record RelatedAddress(String address, int port) {
    /** Checks address and port. */
    public RelatedAddress {
      requireAddress(address, port);
    }
  }

  /** Checks every token. */
  public IceCandidate {
    require(FOUNDATION.matcher(foundation).matches(), "foundation is not 1 to 32 ice-chars");
    require(component == 1 || component == 2, "component must be 1 or 2");
    require(PROTOCOLS.contains(protocol), "protocol must be udp or tcp");
    require(priority >= 0 && priority <= MAX_PRIORITY, "priority must fit 32 bits");
    requireAddress(address, port);
    require(TYPES.contains(type), "type must be one of " + TYPES);
  }

  private static void requireAddress(String address, int port) {
    require(IP_ADDRESS.matcher(address).matches(), "address is not an IP address");
    require(port >= 0 && port <= MAX_PORT, "port must be 0 to 65535");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("candidate: " + otherwise);
    }
  }
}
