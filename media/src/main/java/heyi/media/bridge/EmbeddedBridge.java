package heyi.media.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.media.endpoint.UdpPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small forwarding unit in this process. It answers Colibri2 over HTTP on loopback, so rooms use
 * it exactly as they use Jitsi Videobridge, and sends every source of a conference to every other
 * endpoint of it that wants it.
 *
 * <p>A receiver on a narrow line gets fewer frames, where the sender makes temporal layers, then
 * fewer videos; never less sound. It is a default for one machine and rooms of eight; it does not
 * choose among simulcast layers.
 *
 * <p><b>Threads:</b> any. <b>Bounds:</b> {@link BridgeLimits}.
 */
public final class EmbeddedBridge {
  private static final String LOOPBACK = "127.0.0.1";

  /** Wishes for all sources of a room are a few kilobytes. */
  private static final int MAX_CHANNEL_MESSAGE_BYTES = 64 * 1024;

  private static final AtomicLong STARTED = new AtomicLong();

  private final Vertx vertx;
  private final WorkerExecutor control;
  private final ExecutorService workers;
  private final ScheduledExecutorService alarms;
  private final ConferenceTable table;
  private final BridgeStatistics statistics;
  private final HttpServer server;
  private final ColibriHandler handler;
  private final EmbeddedBridgeOptions options;
  private long timer;

  private EmbeddedBridge(Vertx vertx, UdpPort port, EmbeddedBridgeOptions options) {
    this.vertx = vertx;
    this.options = options;
    this.control = vertx.createSharedWorkerExecutor("heyi-bridge-" + STARTED.incrementAndGet(), 1);
    this.workers =
        Executors.newFixedThreadPool(
            options.workers(), Thread.ofPlatform().daemon().name("heyi-bridge-send-", 0).factory());
    this.alarms =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heyi-bridge-pace").factory());
    SendQueue.Workers sending =
        new SendQueue.Workers(
            workers, (nanos, call) -> alarms.schedule(call, nanos, TimeUnit.NANOSECONDS));
    BridgeCounters counters = new BridgeCounters();
    BridgeLimits limits = options.limits();
    this.table =
        new ConferenceTable(
            port,
            limits,
            counters,
            System::nanoTime,
            wait ->
                new SendQueue(
                    sending, limits.queuedPacketsPerReceiver(), counters.overflowed, wait),
            this::uri);
    this.statistics = new BridgeStatistics(counters, limits, System.nanoTime());
    this.handler = new ColibriHandler(control, table, statistics, counters);
    this.server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(LOOPBACK)
                .setPort(options.httpPort())
                .setMaxWebSocketFrameSize(MAX_CHANNEL_MESSAGE_BYTES)
                .setMaxWebSocketMessageSize(MAX_CHANNEL_MESSAGE_BYTES));
  }

  /**
   * Starts a bridge.
   *
   * @param vertx owner of the event loops
   * @param port where media comes in; stays owned by the caller, who closes it after the bridge
   * @param options how it runs
   * @return fails when the HTTP port is taken
   */
  public static Future<EmbeddedBridge> start(
      Vertx vertx, UdpPort port, EmbeddedBridgeOptions options) {
    EmbeddedBridge bridge = new EmbeddedBridge(vertx, port, options);
    return bridge
        .server
        .requestHandler(bridge.handler)
        .webSocketHandshakeHandler(new ChannelDoor(bridge.control, bridge.table))
        .listen()
        .map(
            server -> {
              bridge.timer =
                  vertx.setPeriodic(options.checkInterval().toMillis(), ignored -> bridge.check());
              return bridge;
            })
        .onFailure(
            failure -> {
              bridge.workers.shutdown();
              bridge.alarms.shutdown();
              bridge.control.close();
            });
  }

  /** Root of its HTTP interface, for {@link heyi.media.colibri2.BridgeClientOptions}. */
  public URI uri() {
    return URI.create("http://" + LOOPBACK + ":" + server.actualPort());
  }

  /** Limits and intervals it runs with. */
  public EmbeddedBridgeOptions options() {
    return options;
  }

  /** What {@code /colibri/stats} says. */
  public Future<JsonNode> statistics() {
    return control.executeBlocking(() -> statistics.write(table.conferences()), true);
  }

  /** Removes idle endpoints and computes rates; done at each check interval. */
  Future<Boolean> check() {
    return control.executeBlocking(
        () -> {
          table.expireIdle();
          statistics.sample(System.nanoTime());
          return true;
        },
        true);
  }

  /** Ends all conferences and frees the HTTP port. */
  public Future<Void> close() {
    vertx.cancelTimer(timer);
    return server
        .close()
        .compose(
            ignored ->
                control.executeBlocking(
                    () -> {
                      table.close();
                      alarms.shutdownNow();
                      workers.shutdown();
                      return workers.awaitTermination(1, TimeUnit.SECONDS);
                    },
                    true))
        .compose(ignored -> control.close());
  }
}
