package heyi.server.operator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.colibri2.BridgeId;
import heyi.media.pool.BridgePool;
import heyi.media.pool.BridgeView;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.identity.Role;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;

/** The bridges of this node, for people with the role operator: see, drain, evacuate. */
public final class BridgeRoutes implements Routes {
  private static final int ACCEPTED = 202;

  private final BridgePool pool;
  private final Function<BridgeId, Future<Integer>> evacuation;

  /**
   * Uses the pool.
   *
   * @param evacuation moves the rooms of a bridge to others and tells how many
   */
  public BridgeRoutes(BridgePool pool, Function<BridgeId, Future<Integer>> evacuation) {
    this.pool = pool;
    this.evacuation = evacuation;
  }

  @Override
  public void register(Api api) {
    api.get("/api/operator/bridges", Access.USER, this::list);
    api.post("/api/operator/bridges/:bridgeId/drain", Access.USER, this::drain);
    api.post("/api/operator/bridges/:bridgeId/undrain", Access.USER, this::undrain);
    api.post("/api/operator/bridges/:bridgeId/evacuate", Access.USER, this::evacuate);
  }

  private Future<Reply> list(Call call) {
    requireOperator(call);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    var bridges = answer.putArray("bridges");
    pool.bridges().forEach(bridge -> bridges.add(BridgeJson.of(bridge)));
    return Future.succeededFuture(Reply.ok(answer));
  }

  private Future<Reply> drain(Call call) {
    requireOperator(call);
    return Future.succeededFuture(found(pool.drain(id(call))));
  }

  private Future<Reply> undrain(Call call) {
    requireOperator(call);
    return Future.succeededFuture(found(pool.undrain(id(call))));
  }

  private Future<Reply> evacuate(Call call) {
    requireOperator(call);
    BridgeView bridge = pool.bridge(id(call)).orElseThrow(BridgeRoutes::unknown);
    if (!bridge.draining() && !bridge.drainingItself()) {
      throw Problem.conflict(
          "not-draining", "Drain the bridge first: rooms would come back to it.");
    }
    if (pool.bridges().stream().noneMatch(BridgeView::accepting)) {
      throw Problem.conflict("no-other-bridge", "No other bridge takes rooms now.");
    }
    return evacuation
        .apply(bridge.id())
        .map(
            rooms ->
                new Reply.Json(
                    ACCEPTED, JsonNodeFactory.instance.objectNode().put("rooms", rooms)));
  }

  private static Reply found(Optional<BridgeView> bridge) {
    return Reply.ok(BridgeJson.of(bridge.orElseThrow(BridgeRoutes::unknown)));
  }

  private static Problem unknown() {
    return Problem.notFound("bridge");
  }

  private static BridgeId id(Call call) {
    String value = call.path("bridgeId");
    if (value.isBlank()) {
      throw unknown();
    }
    return new BridgeId(value);
  }

  private static void requireOperator(Call call) {
    if (!call.user().is(Role.OPERATOR)) {
      throw Problem.notAllowed("Only an operator may see and change the bridges.");
    }
  }
}
