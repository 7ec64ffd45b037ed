package heyi.server.boot;

import heyi.media.SteadyClock;
import heyi.media.bridge.BridgeLimits;
import heyi.media.bridge.EmbeddedBridge;
import heyi.media.bridge.EmbeddedBridgeOptions;
import heyi.media.colibri2.BridgeClientHttp;
import heyi.media.colibri2.BridgeClientOptions;
import heyi.media.colibri2.BridgeId;
import heyi.media.endpoint.MediaWarmUp;
import heyi.media.endpoint.UdpPort;
import heyi.media.pool.BridgePool;
import heyi.media.pool.BridgeWarmUp;
import heyi.media.pool.PoolOptions;
import heyi.media.pool.PooledBridge;
import heyi.media.pool.WarmUpConferences;
import heyi.server.http.LanAddresses;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The bridges, configured or embedded, and the pool that watches them. */
final class MediaWiring {
  private final BridgePool pool;
  private final InetAddress recorderAddress;
  private final String description;

  private MediaWiring(BridgePool pool, InetAddress recorderAddress, String description) {
    this.pool = pool;
    this.recorderAddress = recorderAddress;
    this.description = description;
  }

  static Future<MediaWiring> start(
      Vertx vertx,
      InstantSource clock,
      HeyiConfig.Media config,
      Blocking blocking,
      Shutdown shutdown) {
    Future<MediaWiring> wired =
        config.bridges().isEmpty()
            ? embedded(vertx, clock, config, blocking, shutdown)
            : Future.succeededFuture(external(vertx, clock, config, shutdown));
    return wired.compose(
        media -> {
          shutdown.add("bridge checks", () -> Future.succeededFuture(media.stopChecking()));
          return media.pool.start().map(media);
        });
  }

  private static Future<MediaWiring> embedded(
      Vertx vertx,
      InstantSource clock,
      HeyiConfig.Media config,
      Blocking blocking,
      Shutdown shutdown) {
    return blocking
        .call(() -> openPort(config))
        .onSuccess(port -> shutdown.add("media port", () -> blocking.call(() -> close(port))))
        .compose(
            port ->
                EmbeddedBridge.start(vertx, port, options(config.embedded()))
                    .onSuccess(bridge -> shutdown.add("bridge", bridge::close))
                    .map(
                        bridge ->
                            new MediaWiring(
                                pool(
                                    vertx,
                                    clock,
                                    config,
                                    BridgeWarmUp.NONE,
                                    List.of(
                                        bridge(vertx, config, "embedded", bridge.uri(), shutdown))),
                                InetAddress.getLoopbackAddress(),
                                "embedded, media on UDP port " + port.port())));
  }

  private static EmbeddedBridgeOptions options(HeyiConfig.Embedded config) {
    return EmbeddedBridgeOptions.DEFAULT.withLimits(
        BridgeLimits.DEFAULT.with(
            config.conferences(),
            config.endpointsPerConference(),
            config.sourcesPerEndpoint(),
            config.ssrcsPerEndpoint(),
            config.queuedPacketsPerReceiver()));
  }

  private static MediaWiring external(
      Vertx vertx, InstantSource clock, HeyiConfig.Media config, Shutdown shutdown) {
    List<PooledBridge> bridges = new ArrayList<>();
    for (URI uri : config.bridges()) {
      bridges.add(bridge(vertx, config, "jvb-" + (bridges.size() + 1), uri, shutdown));
    }
    InetAddress address =
        addresses(config).stream()
            .filter(candidate -> !candidate.isLoopbackAddress())
            .findFirst()
            .orElse(InetAddress.getLoopbackAddress());
    return new MediaWiring(
        pool(vertx, clock, config, warmUp(vertx, clock, config.warmUp()), bridges),
        address,
        bridges.size() + " configured");
  }

  private static BridgePool pool(
      Vertx vertx,
      InstantSource clock,
      HeyiConfig.Media config,
      BridgeWarmUp warmUp,
      List<PooledBridge> bridges) {
    HeyiConfig.BridgeChecks checks = config.checks();
    PoolOptions options =
        new PoolOptions(
            checks.interval(),
            checks.timeout(),
            checks.failuresToLeave(),
            checks.successesToReturn(),
            config.warmUp().retry(),
            config.region());
    return new BridgePool(vertx, SteadyClock.from(clock), options, warmUp, bridges);
  }

  private static BridgeWarmUp warmUp(Vertx vertx, InstantSource clock, HeyiConfig.WarmUp config) {
    return config.conferences() == 0
        ? BridgeWarmUp.NONE
        : new WarmUpConferences(
            vertx,
            clock,
            new SecureRandom(),
            new WarmUpConferences.Options(config.conferences(), config.media(), config.timeout()));
  }

  /** The fragment of a configured address names the region; it is no part of the address. */
  private static PooledBridge bridge(
      Vertx vertx, HeyiConfig.Media config, String id, URI uri, Shutdown shutdown) {
    URI base = uri.resolve("/");
    BridgeClientHttp client =
        BridgeClientHttp.create(
            vertx, new BridgeClientOptions(new BridgeId(id), base, config.bridgeTimeout()));
    shutdown.add(
        "bridge client",
        () -> {
          client.close();
          return Future.succeededFuture();
        });
    return new PooledBridge(client, base, uri.getFragment());
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

  /** Gives rooms their bridges. */
  BridgePool pool() {
    return pool;
  }

  private Void stopChecking() {
    pool.close();
    return null;
  }

  /** From where the recorder reaches the bridges. */
  InetAddress recorderAddress() {
    return recorderAddress;
  }

  String describe() {
    return description;
  }
}
