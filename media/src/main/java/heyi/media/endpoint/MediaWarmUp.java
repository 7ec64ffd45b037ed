package heyi.media.endpoint;

import java.time.Duration;

/**
 * Runs the crypto and the packet path once at start of the process, so that the first call is not
 * slowed by class loading and compilation: a stalled receive thread looks like congestion to a
 * browser, whose estimate then stays low for 20 s.
 */
public final class MediaWarmUp {
  private MediaWarmUp() {}

  /**
   * Blocks for one to two seconds; call it off the event loop, before the first endpoint.
   *
   * @return how long it took
   */
  public static Duration run() {
    throw new IllegalStateException("not built yet");
  }
}
