package heyi.media.bridge;

import heyi.media.endpoint.UdpPort;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;

/** The embedded bridge forgets those who fell silent. */
@SuppressWarnings("NullAway.Init")
class EmbeddedBridgeExpiryTest extends BridgeExpiryContract {
  private static final BridgeLimits SHORT =
      new BridgeLimits(4, 4, 4, 16, 64, Duration.ofSeconds(20), Duration.ofMillis(500));
  private static final EmbeddedBridgeOptions OPTIONS =
      new EmbeddedBridgeOptions(0, 1, Duration.ofMillis(200), SHORT);

  private UdpPort port;
  private EmbeddedBridge bridge;

  @Override
  URI bridge(Vertx vertx) throws Exception {
    port = UdpPort.open(InetAddress.getLoopbackAddress(), 0);
    bridge = await(EmbeddedBridge.start(vertx, port, OPTIONS));
    return bridge.uri();
  }

  @Override
  void stop() throws Exception {
    await(bridge.close());
    port.close();
  }
}
