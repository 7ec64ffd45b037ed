package heyi.server.quality;

import heyi.server.casefile.CaseAccess;
import heyi.server.casefile.CaseFile;
import heyi.server.casefile.SessionId;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.identity.Role;
import heyi.server.identity.User;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;

/** The quality of a session, for whoever may replay it. */
public final class QualityRoutes implements Routes {
  private final CaseAccess access;
  private final QualityStore store;
  private final Blocking blocking;

  /** Reads the store. */
  public QualityRoutes(CaseAccess access, QualityStore store, Blocking blocking) {
    this.access = access;
    this.store = store;
    this.blocking = blocking;
  }

  @Override
  public void register(Api api) {
    api.get("/api/sessions/:sessionId/quality", Access.USER, this::list);
  }

  private Future<Reply> list(Call call) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    return blocking.call(
        () -> {
          CaseFile caseFile = access.seen(user, session);
          if (!user.is(Role.AUDITOR) && !caseFile.mediator().id().equals(user.id())) {
            throw Problem.notAllowed("Only auditors and the mediator of the case may see this.");
          }
          return Reply.ok(QualityJson.list(store.of(session)));
        });
  }
}
