package heyi.media.colibri2;

import java.net.URI;
import java.time.Duration;

/**
 * How to reach one bridge over HTTP.
 *
 * @param id name of the bridge in logs and outcomes
 * @param base root of its private HTTP interface, e.g. {@code http://127.0.0.1:8080}
 * @param timeout how long one request may take; then the bridge counts as unreachable
 */
public record BridgeClientOptions(BridgeId id, URI base, Duration timeout) {
  /**
   * Jitsi Videobridge was seen to answer in 11 ms (median) to 264 ms (maximum), but just after its
   * start on an overloaded machine in over 3 s; what takes longer cannot be worked with.
   */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  /** Checks the address. */
  public BridgeClientOptions {
    if (base.getHost() == null
        || !("http".equals(base.getScheme()) || "https".equals(base.getScheme()))) {
      throw new IllegalArgumentException("bridge address must be http(s)://host[:port]: " + base);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("bridge timeout must be positive: " + timeout);
    }
  }

  /**
   * With the default timeout.
   *
   * @param id name of the bridge
   * @param base root of its private HTTP interface
   */
  public static BridgeClientOptions of(BridgeId id, URI base) {
    return new BridgeClientOptions(id, base, DEFAULT_TIMEOUT);
  }
}
