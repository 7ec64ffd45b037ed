package heyi.server.boot;

import heyi.media.bridge.EmbeddedBridge;
import heyi.media.bridge.EmbeddedBridgeOptions;
import heyi.media.colibri2.BridgeClient;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeId;
import heyi.media.endpoint.MediaWarmUp;
import heyi.media.endpoint.UdpPort;
import heyi.server.http.LanAddresses;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** The bridges: the configured ones, or the embedded one. */
final class MediaWiring {
  private final List<BridgeClient> bridges;
  private final InetAddress recorderAddress;
  private final String description;
  private final AtomicInteger next = new AtomicInteger();

  private MediaWiring(List<BridgeClient> bridges, InetAddress recorderAddress, String description) {
    this.bridges = bridges;
    this.recorderAddress = recorderAddress;
    this.description = description;
  }

  static Future<MediaWiring> start(
      Vertx vertx, HeyiConfig.Media config, Blocking blocking, Shutdown shutdown) {
    if (!config.bridges().isEmpty()) {
      return Future.succeededFuture(external(vertx, config, shutdown));
    }
    return blocking
        .call(() -> openPort(config))
        .onSuccess(port -> shutdown.add("media port", () -> blocking.call(() -> close(port))))
        .compose(
            port ->
                EmbeddedBridge.start(vertx, port, EmbeddedBridgeOptions.DEFAULT)
                    .onSuccess(bridge -> shutdown.add("bridge", bridge::close))
                    .map(
                        bridge ->
                            new MediaWiring(
                                List.of(client(vertx, config, "embedded", bridge.uri(), shutdown)),
                                InetAddress.getLoopbackAddress(),
                                "embedded, media on UDP port " + port.port())));
  }

  private static MediaWiring external(Vertx vertx, HeyiConfig.Media config, Shutdown shutdown) {
    List<BridgeClient> clients = new ArrayList<>();
    for (URI uri : config.bridges()) {
      clients.add(client(vertx, config, "jvb-" + (clients.size() + 1), uri, shutdown));
    }
    InetAddress address =
        addresses(config).stream()
            .filter(candidate -> !candidate.isLoopbackAddress())
            .findFirst()
            .orElse(InetAddress.getLoopbackAddress());
    return new MediaWiring(clients, address, clients.size() + " configured");
  }

  private static BridgeClient client(
      Vertx vertx, HeyiConfig.Media config, String id, URI uri, Shutdown shutdown) {
    BridgeClientHttp client =
        BridgeClientHttp.create(
            vertx, new BridgeClientOptions(new BridgeId(id), uri, config.bridgeTimeout()));
    shutdown.add(
        "bridge client",
        () -> {
          client.close();
          return Future.succeededFuture();
        });
    return client;
  }

  private static UdpPort openPort(HeyiConfig.Media config) {
    try {
      return UdpPort.open(addresses(config), config.udpPort());
    } catch (IOException e) {
      throw new StartException(
          String.format(
              Locale.ROOT,
              "UDP port %d cannot be opened: another program uses it. Set media.udpPort to another.",
              config.udpPort()),
          e);
    }
  }

  private static List<InetAddress> addresses(HeyiConfig.Media config) {
    List<InetAddress> addresses = new ArrayList<>();
    if (config.addresses().isEmpty()) {
      addresses.add(InetAddress.getLoopbackAddress());
      addresses.addAll(LanAddresses.find());
    }
    for (String address : config.addresses()) {
      addresses.add(InetAddress.ofLiteral(address));
    }
    return addresses;
  }

  private static Void close(UdpPort port) {
    port.close();
    return null;
  }

  /** Compiles the packet path before the first call; the server answers meanwhile. */
  static Future<Void> warmUp(Blocking blocking) {
    return blocking.call(MediaWarmUp::run).mapEmpty();
  }

  /** Rooms take turns. */
  BridgeClient choose() {
    return bridges.get(Math.floorMod(next.getAndIncrement(), bridges.size()));
  }

  /** From where the recorder reaches the bridges. */
  InetAddress recorderAddress() {
    return recorderAddress;
  }

  String describe() {
    return description;
  }
}
