package heyi.server.operator;

import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.identity.Role;
import heyi.server.readiness.Readiness;
import heyi.server.readiness.ReadinessJson;
import io.vertx.core.Future;

/** What each part of the server lacks, for the operator's page; the same as {@code /readyz}. */
public final class ReadinessRoutes implements Routes {
  private final Readiness readiness;

  /** Asks these parts. */
  public ReadinessRoutes(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public void register(Api api) {
    api.get("/api/operator/readiness", Access.USER, this::look);
  }

  private Future<Reply> look(Call call) {
    if (!call.user().is(Role.OPERATOR)) {
      throw Problem.notAllowed("Only operators see the parts of the server.");
    }
    return readiness.look().map(standings -> Reply.ok(ReadinessJson.of(standings)));
  }
}
