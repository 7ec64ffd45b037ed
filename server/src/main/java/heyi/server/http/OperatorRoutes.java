package heyi.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.server.sql.Blocking;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * What watches the server: alive ({@code /healthz}), ready to take a room ({@code /readyz}),
 * measured ({@code /metrics}, Prometheus).
 */
public final class OperatorRoutes {
  private final PrometheusMeterRegistry registry;
  private final Map<String, BooleanSupplier> parts;
  private final Blocking blocking;

  /** Each part answers, on a virtual thread, whether it is ready. */
  public OperatorRoutes(
      PrometheusMeterRegistry registry, Map<String, BooleanSupplier> parts, Blocking blocking) {
    this.registry = registry;
    this.parts = Map.copyOf(parts);
    this.blocking = blocking;
  }

  void register(Router router) {
    router.get("/healthz").handler(c -> text(c, 200, "ok\n"));
    router.get("/readyz").handler(this::ready);
    router.get("/metrics").handler(this::metrics);
  }

  private void ready(RoutingContext context) {
    blocking
        .call(
            () -> {
              Map<String, Boolean> ready = new TreeMap<>();
              parts.forEach((name, part) -> ready.put(name, part.getAsBoolean()));
              return ready;
            })
        .onSuccess(
            ready -> {
              ObjectNode json = JsonNodeFactory.instance.objectNode();
              ready.forEach(json::put);
              boolean all = !ready.containsValue(false);
              context
                  .response()
                  .setStatusCode(all ? 200 : 503)
                  .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                  .end(json.toString());
            })
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
