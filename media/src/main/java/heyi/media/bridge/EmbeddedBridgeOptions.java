package heyi.media.bridge;

import java.time.Duration;

/**
 * How the embedded bridge runs.
 *
 * @param httpPort port of Colibri2 on loopback; 0 takes a free one
 * @param workers threads that encrypt and send
 * @param checkInterval how often idle endpoints are looked for and rates are computed
 * @param limits what is refused or given up
 */
public record EmbeddedBridgeOptions(
    int httpPort, int workers, Duration checkInterval, BridgeLimits limits) {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_WORKERS = 64;

  /** A free port, two workers (one encrypts some 200 000 packets a second), a check every 5 s. */
  public static final EmbeddedBridgeOptions DEFAULT =
      new EmbeddedBridgeOptions(0, 2, Duration.ofSeconds(5), BridgeLimits.DEFAULT);

  /** Checks the ranges. */
  public EmbeddedBridgeOptions {
    if (httpPort < 0 || httpPort > MAX_PORT) {
      throw new IllegalArgumentException("http port must be 0 to 65535 but is " + httpPort);
    }
    if (workers < 1 || workers > MAX_WORKERS) {
      throw new IllegalArgumentException("workers must be 1 to 64 but are " + workers);
    }
    if (checkInterval.toMillis() < 1) {
      throw new IllegalArgumentException("check interval must be positive: " + checkInterval);
    }
  }

  /** The same on another port. */
  public EmbeddedBridgeOptions withHttpPort(int port) {
    return new EmbeddedBridgeOptions(port, workers, checkInterval, limits);
  }

  /** The same with other limits. */
  public EmbeddedBridgeOptions withLimits(BridgeLimits other) {
    return new EmbeddedBridgeOptions(httpPort, workers, checkInterval, other);
  }
}
