package heyi.server.http;

import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP and HTTPS servers with everything they answer. */
public final class HttpFront {
  private static final Logger log = LoggerFactory.getLogger(HttpFront.class);

  /** Path of the room socket. */
  public static final String ROOM_SOCKET = "/api/room";

  /**
   * Twice the protocol's limit of 64 KiB: a client that sends a little too much gets the room's
   * typed error; only a larger frame is cut off here.
   */
  private static final int MAX_SOCKET_MESSAGE_BYTES = 131_072;

  private final Vertx vertx;
  private final Router router;
  private final Handler<ServerWebSocket> roomSocket;
  private final List<HttpServer> servers = new ArrayList<>();

  private HttpFront(Vertx vertx, Router router, Handler<ServerWebSocket> roomSocket) {
    this.vertx = vertx;
    this.router = router;
    this.roomSocket = roomSocket;
  }

  /** What the servers answer with. */
  public record Content(
      List<Routes> routes,
      OperatorRoutes operator,
      Authenticator authenticator,
      RateLimit invitationAttempts,
      Handler<ServerWebSocket> roomSocket,
      int bodyLimitBytes) {

    /** Copies the list. */
    public Content {
      routes = List.copyOf(routes);
    }
  }

  /** Builds the routes; listens only at {@link #listen}. */
  public static HttpFront create(Vertx vertx, Blocking blocking, Content content) {
    Router router = Router.router(vertx);
    Answers answers = new Answers();
    router.route().handler(HttpFront::correlate);
    router.route().handler(new SecurityHeaders());
    content.operator().register(router);
    router.route("/api/*").handler(HttpFront::requireJson);
    router
        .route("/api/*")
        .handler(BodyHandler.create(false).setBodyLimit(content.bodyLimitBytes()));
    ApiRouter api =
        new ApiRouter(
            router, blocking, content.authenticator(), content.invitationAttempts(), answers);
    content.routes().forEach(routes -> routes.register(api));
    router.route("/api/*").handler(c -> c.fail(Problem.notFound("path")));
    router.get().handler(new WebClientFiles());
    router.route().failureHandler(context -> answers.fail(context, failureOf(context)));
    router.errorHandler(404, c -> answers.fail(c, Problem.notFound("path")));
    router.errorHandler(405, c -> answers.fail(c, new HttpException(405)));
    return new HttpFront(vertx, router, content.roomSocket());
  }

  private static Throwable failureOf(RoutingContext context) {
    Throwable failure = context.failure();
    return failure == null ? new HttpException(context.statusCode()) : failure;
  }

  private static void correlate(RoutingContext context) {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    context.put(Answers.CORRELATION_ID, id);
    context.response().putHeader("X-Correlation-Id", id);
    context.next();
  }

  private static void requireJson(RoutingContext context) {
    HttpMethod method = context.request().method();
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean hasBody = length != null && !length.equals("0");
    boolean changes = method.equals(HttpMethod.POST) || method.equals(HttpMethod.PUT);
    if (changes && hasBody && (type == null || !type.startsWith("application/json"))) {
      context.fail(new HttpException(415));
    } else {
      context.next();
    }
  }

  /** Opens both ports; fails when one is taken. */
  public Future<Void> listen(HttpPorts ports) {
    Future<HttpServer> plain = start(options(ports).setHost(ports.bind()).setPort(ports.port()));
    PemKeyCertOptions certificate = ports.certificate();
    if (certificate == null) {
      return plain.mapEmpty();
    }
    HttpServerOptions secure =
        options(ports)
            .setHost(ports.httpsBind())
            .setPort(ports.httpsPort())
            .setSsl(true)
            .setUseAlpn(false)
            .setKeyCertOptions(certificate);
    return plain.compose(_ -> start(secure)).mapEmpty();
  }

  private static HttpServerOptions options(HttpPorts ports) {
    return new HttpServerOptions()
        .setIdleTimeout((int) ports.idleTimeout().toSeconds())
        .setMaxWebSocketFrameSize(MAX_SOCKET_MESSAGE_BYTES)
        .setMaxWebSocketMessageSize(MAX_SOCKET_MESSAGE_BYTES)
        .setMaxInitialLineLength(8_192)
        .setMaxHeaderSize(16_384);
  }

  private Future<HttpServer> start(HttpServerOptions options) {
    return vertx
        .createHttpServer(options)
        .requestHandler(router)
        .webSocketHandshakeHandler(HttpFront::handshake)
        .webSocketHandler(roomSocket)
        .listen()
        .recover(
            failure ->
                Future.failedFuture(
                    new PortTakenException(options.getHost(), options.getPort(), failure)))
        .onSuccess(servers::add);
  }

  /**
   * A page of another site must not open a room socket with our cookies or from our users'
   * browsers.
   */
  private static void handshake(ServerWebSocketHandshake handshake) {
    String origin = handshake.headers().get(HttpHeaders.ORIGIN);
    String authority = String.valueOf(handshake.authority());
    if (!ROOM_SOCKET.equals(handshake.path())) {
      handshake.reject(404);
    } else if (origin != null && !ApiRouter.isSameOrigin(origin, authority)) {
      log.info("room socket refused reason=foreign-origin");
      handshake.reject(403);
    } else {
      handshake.accept();
    }
  }

  /** The port of plain HTTP, useful where the system chose it. */
  public int port() {
    return servers.getFirst().actualPort();
  }

  /** The port of HTTPS; the same as {@link #port()} without HTTPS. */
  public int httpsPort() {
    return servers.getLast().actualPort();
  }

  /** Closes both ports. */
  public Future<Void> close() {
    return Future.join(servers.stream().map(HttpServer::close).toList()).mapEmpty();
  }
}
