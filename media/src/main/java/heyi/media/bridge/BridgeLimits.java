package heyi.media.bridge;

import java.time.Duration;

/**
 * What the embedded bridge refuses or gives up, so that nobody can exhaust it.
 *
 * @param conferences at the same time
 * @param endpointsPerConference eight seats and the recorder, each perhaps still there once after a
 *     reconnect
 * @param sourcesPerEndpoint camera, microphone, screen with sound
 * @param ssrcsPerEndpoint all its streams: each source has one, its repetitions another, and
 *     simulcast three of both
 * @param queuedPacketsPerReceiver packets that wait for a slow receiver; then the oldest is dropped
 * @param neverConnected an endpoint that has not connected for so long is removed
 * @param disconnected an endpoint whose connection ended so long ago is removed
 */
public record BridgeLimits(
    int conferences,
    int endpointsPerConference,
    int sourcesPerEndpoint,
    int ssrcsPerEndpoint,
    int queuedPacketsPerReceiver,
    Duration neverConnected,
    Duration disconnected) {
  /**
   * Times as Jitsi Videobridge has them. The queue holds about a second of eight senders, longer
   * than any pause of the garbage collector.
   */
  public static final BridgeLimits DEFAULT =
      new BridgeLimits(64, 18, 4, 16, 1024, Duration.ofMinutes(2), Duration.ofMinutes(1));

  /** Checks that all are positive. */
  public BridgeLimits {
    requirePositive("conferences", conferences);
    requirePositive("endpoints per conference", endpointsPerConference);
    requirePositive("sources per endpoint", sourcesPerEndpoint);
    requirePositive("ssrcs per endpoint", ssrcsPerEndpoint);
    requirePositive("queued packets per receiver", queuedPacketsPerReceiver);
    requirePositive("time to connect", neverConnected.toMillis());
    requirePositive("time after disconnecting", disconnected.toMillis());
  }

  private static void requirePositive(String what, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(what + " must be positive but is " + value);
    }
  }

  /**
   * The same with what an operator sets.
   *
   * @param rooms conferences at the same time
   * @param endpoints of each
   * @param sources of each endpoint
   * @param ssrcs of each endpoint
   * @param queued packets that wait for a slow receiver
   */
  public BridgeLimits with(int rooms, int endpoints, int sources, int ssrcs, int queued) {
    return new BridgeLimits(rooms, endpoints, sources, ssrcs, queued, neverConnected, disconnected);
  }
}
