package heyi.server.bench;

import heyi.media.bridge.EmbeddedBridge;
import heyi.media.bridge.EmbeddedBridgeOptions;
import heyi.media.endpoint.MediaWarmUp;
import heyi.media.endpoint.UdpPort;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;

/** The embedded bridge alone in a process, on loopback, to be killed by a measurement. */
final class BridgeMain {
  private BridgeMain() {}

  /** Runs until it is killed; the only argument is the port of its HTTP interface. */
  public static void main(String[] args) throws IOException {
    MediaWarmUp.run();
    UdpPort media = UdpPort.open(InetAddress.getLoopbackAddress(), 0);
    EmbeddedBridgeOptions options =
        EmbeddedBridgeOptions.DEFAULT.withHttpPort(Integer.parseInt(args[0]));
    var unused = EmbeddedBridge.start(Vertx.vertx(), media, options);
  }
}
