package heyi.server.http;

import heyi.server.readiness.Readiness;
import heyi.server.readiness.ReadinessJson;
import heyi.server.sql.Blocking;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * What watches the server: alive ({@code /healthz}), ready to take a room ({@code /readyz}),
 * measured ({@code /metrics}, Prometheus).
 */
public final class OperatorRoutes {
  private final PrometheusMeterRegistry registry;
  private final Readiness readiness;
  private final Blocking blocking;

  /** Tells of these. */
  public OperatorRoutes(PrometheusMeterRegistry registry, Readiness readiness, Blocking blocking) {
    this.registry = registry;
    this.readiness = readiness;
    this.blocking = blocking;
  }

  void register(Router router) {
    router.get("/healthz").handler(c -> text(c, 200, "ok\n"));
    router.get("/readyz").handler(this::ready);
    router.get("/metrics").handler(this::metrics);
  }

  private void ready(RoutingContext context) {
    readiness
        .look()
        .onSuccess(
            standings ->
                context
                    .response()
                    .setStatusCode(Readiness.isReady(standings) ? 200 : 503)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(ReadinessJson.of(standings).toString()))
        .onFailure(_ -> text(context, 503, "busy\n"));
  }

  private void metrics(RoutingContext context) {
    blocking
        .call(registry::scrape)
        .onSuccess(page -> text(context, 200, page))
        .onFailure(_ -> text(context, 503, "busy\n"));
  }

  private static void text(RoutingContext context, int status, String body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end(body);
  }
}
