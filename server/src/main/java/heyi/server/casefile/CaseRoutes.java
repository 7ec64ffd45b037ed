package heyi.server.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.identity.Role;
import heyi.server.identity.User;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Listing, reading and making cases; planning sessions. */
public final class CaseRoutes implements Routes {
  /** Eight seats in a room, one of them the mediator's. */
  private static final int MAX_PARTIES = 7;

  private final CaseStore cases;
  private final SessionStore sessions;
  private final CaseAccess access;
  private final Blocking blocking;

  /** Uses the stores. */
  public CaseRoutes(CaseStore cases, SessionStore sessions, CaseAccess access, Blocking blocking) {
    this.cases = cases;
    this.sessions = sessions;
    this.access = access;
    this.blocking = blocking;
  }

  @Override
  public void register(Api api) {
    api.get("/api/cases", Access.USER, this::list);
    api.post("/api/cases", Access.USER, this::create);
    api.get("/api/cases/:caseId", Access.USER, this::read);
    api.post("/api/cases/:caseId/sessions", Access.USER, this::plan);
  }

  private Future<Reply> list(Call call) {
    User user = call.user();
    boolean all = user.is(Role.AUDITOR) || user.is(Role.CLERK);
    return blocking.call(
        () ->
            Reply.ok(
                CaseJson.list(
                    cases.list().stream()
                        .filter(line -> all || line.mediator().equals(user.id()))
                        .toList())));
  }

  private Future<Reply> create(Call call) {
    User user = call.user();
    if (!user.is(Role.MEDIATOR)) {
      throw Problem.notAllowed("Only a mediator may open a case here.");
    }
    JsonNode body = call.body();
    String title = Call.text(body, "title");
    List<NewParty> parties = parties(body.get("parties"));
    return blocking.call(
        () -> {
          CaseId id = cases.create(title, user.id(), parties);
          return Reply.created(CaseJson.whole(Objects.requireNonNull(cases.find(id))));
        });
  }

  private static List<NewParty> parties(@org.jspecify.annotations.Nullable JsonNode array) {
    if (array == null || !array.isArray() || array.isEmpty() || array.size() > MAX_PARTIES) {
      throw Problem.malformed(
          "The field 'parties' must be an array of 1 to " + MAX_PARTIES + " parties.");
    }
    List<NewParty> parties = new ArrayList<>();
    for (JsonNode party : array) {
      parties.add(new NewParty(role(Call.text(party, "role")), Call.text(party, "displayName")));
    }
    return parties;
  }

  private static PartyRole role(String word) {
    for (PartyRole role : PartyRole.values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw Problem.malformed("The field 'role' must be 'applicant' or 'respondent'.");
  }

  private Future<Reply> read(Call call) {
    User user = call.user();
    CaseId id = new CaseId(call.path("caseId"));
    return blocking.call(() -> Reply.ok(CaseJson.whole(access.seen(user, id))));
  }

  private Future<Reply> plan(Call call) {
    User user = call.user();
    CaseId id = new CaseId(call.path("caseId"));
    return blocking.call(
        () -> {
          access.led(user, id);
          SessionId session = sessions.create(id);
          return Reply.created(
              JsonNodeFactory.instance.objectNode().put("sessionId", session.value()));
        });
  }
}
