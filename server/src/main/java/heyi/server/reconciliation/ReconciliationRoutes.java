package heyi.server.reconciliation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.identity.Role;
import io.vertx.core.Future;

/** The reconciliation, for people with the role operator: see what was found, run it now. */
public final class ReconciliationRoutes implements Routes {
  private final Reconciliation reconciliation;

  /** Uses the job. */
  public ReconciliationRoutes(Reconciliation reconciliation) {
    this.reconciliation = reconciliation;
  }

  @Override
  public void register(Api api) {
    api.get("/api/operator/reconciliation", Access.USER, this::last);
    api.post("/api/operator/reconciliation", Access.USER, this::run);
  }

  private Future<Reply> last(Call call) {
    requireOperator(call);
    ReconciliationReport report = reconciliation.last();
    return Future.succeededFuture(
        Reply.ok(report == null ? JsonNodeFactory.instance.objectNode() : report.toJson()));
  }

  private Future<Reply> run(Call call) {
    requireOperator(call);
    return reconciliation.run().map(report -> Reply.ok(report.toJson()));
  }

  private static void requireOperator(Call call) {
    if (!call.user().is(Role.OPERATOR)) {
      throw Problem.notAllowed("Only an operator may compare the evidence with its store.");
    }
  }
}
