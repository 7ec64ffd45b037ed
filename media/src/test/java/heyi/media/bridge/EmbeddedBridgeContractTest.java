package heyi.media.bridge;

import heyi.media.endpoint.UdpPort;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;

/** The contract, kept by the embedded bridge. */
@SuppressWarnings("NullAway.Init")
class EmbeddedBridgeContractTest extends BridgeContract {
  private UdpPort port;
  private EmbeddedBridge bridge;

  @Override
  URI bridge(Vertx vertx) throws Exception {
    port = UdpPort.open(InetAddress.getLoopbackAddress(), 0);
    bridge = await(EmbeddedBridge.start(vertx, port, EmbeddedBridgeOptions.DEFAULT));
    return bridge.uri();
  }

  @Override
  void stop() throws Exception {
    await(bridge.close());
    port.close();
  }
}
