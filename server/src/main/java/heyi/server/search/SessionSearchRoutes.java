package heyi.server.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.identity.Role;
import heyi.server.identity.User;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import java.util.List;

/** Searching sessions: auditors and clerks among all, mediators among their own. */
public final class SessionSearchRoutes implements Routes {
  private final SessionSearch search;
  private final Blocking blocking;

  /** Uses the search. */
  public SessionSearchRoutes(SessionSearch search, Blocking blocking) {
    this.search = search;
    this.blocking = blocking;
  }

  @Override
  public void register(Api api) {
    api.get("/api/sessions", Access.USER, this::find);
  }

  private Future<Reply> find(Call call) {
    User user = call.user();
    boolean all = user.is(Role.AUDITOR) || user.is(Role.CLERK);
    if (!all && !user.is(Role.MEDIATOR)) {
      throw Problem.notAllowed("Only auditors, clerks and mediators may search sessions.");
    }
    SessionQuery query = SessionQuery.of(call, all ? null : user.id());
    return blocking.call(() -> Reply.ok(json(search.find(query))));
  }

  private static ObjectNode json(List<FoundSession> found) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("more", found.size() > SessionSearch.PAGE_SIZE);
    ArrayNode array = json.putArray("sessions");
    for (FoundSession session : found.subList(0, Math.min(found.size(), SessionSearch.PAGE_SIZE))) {
      ObjectNode line = array.addObject();
      line.put("sessionId", session.id().value())
          .put("state", session.state().name())
          .put("begunAt", session.begunAt().toString())
          .put("caseId", session.caseId().value())
          .put("caseNumber", session.caseNumber())
          .put("caseTitle", session.caseTitle())
          .put("mediator", session.mediator());
      session.parties().forEach(line.putArray("parties")::add);
      Long durationMs = session.durationMs();
      if (durationMs != null) {
        line.put("durationMs", durationMs);
      }
    }
    return json;
  }
}
