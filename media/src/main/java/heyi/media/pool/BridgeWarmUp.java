package heyi.media.pool;

import heyi.media.colibri2.BridgeClient;
import io.vertx.core.Future;

/**
 * Brings a bridge that has just started to its usual speed before a room depends on it.
 *
 * <p><b>Threads:</b> called from any, at most once at a time for a bridge.
 */
@FunctionalInterface
public interface BridgeWarmUp {
  /** For bridges that need none: each is warm as soon as it answers. */
  BridgeWarmUp NONE = bridge -> Future.succeededFuture();

  /**
   * Warms a bridge up.
   *
   * @return completes within a bounded time, with nothing left on the bridge; fails when the bridge
   *     did not carry media
   */
  Future<Void> run(BridgeClient bridge);
}
