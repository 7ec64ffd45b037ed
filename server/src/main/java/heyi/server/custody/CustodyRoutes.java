package heyi.server.custody;

import com.fasterxml.jackson.databind.JsonNode;
import heyi.server.casefile.CaseAccess;
import heyi.server.casefile.CaseFile;
import heyi.server.casefile.CaseId;
import heyi.server.casefile.SessionId;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.identity.Role;
import heyi.server.identity.User;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import java.util.List;

/** Custody over HTTP: of a case for clerks and auditors, in figures for operators. */
public final class CustodyRoutes implements Routes {
  private static final int MAX_REASON = 500;

  private final Custody custody;
  private final CaseAccess access;
  private final Blocking blocking;
  private final Runnable soon;
  private final String place;

  /**
   * Uses the service.
   *
   * @param soon has the service work off what was ordered, without waiting
   * @param place where recordings are, for the operator
   */
  public CustodyRoutes(
      Custody custody, CaseAccess access, Blocking blocking, Runnable soon, String place) {
    this.custody = custody;
    this.access = access;
    this.blocking = blocking;
    this.soon = soon;
    this.place = place;
  }

  @Override
  public void register(Api api) {
    String ofCase = "/api/cases/:caseId/custody";
    String ofSession = "/api/sessions/:sessionId/disposal";
    api.get(ofCase, Access.USER, this::look);
    api.post(ofCase + "/holds", Access.USER, this::place);
    api.post(ofCase + "/holds/:holdId/lifting", Access.USER, this::lift);
    api.post(ofSession, Access.USER, this::request);
    api.post(ofSession + "/decision", Access.USER, this::decide);
    api.get("/api/sessions/:sessionId/tombstone", Access.USER, this::tombstone);
    api.get("/api/operator/custody", Access.USER, this::figures);
  }

  private Future<Reply> look(Call call) {
    User user = call.user();
    CaseId id = new CaseId(call.path("caseId"));
    return blocking.call(() -> view(user, seen(user, id)));
  }

  private CaseFile seen(User user, CaseId id) {
    CaseFile caseFile = access.seen(user, id);
    CustodyRights.asking(user);
    return caseFile;
  }

  private Reply view(User user, CaseFile caseFile) {
    List<Hold> holds = custody.holds(caseFile.id());
    return Reply.ok(CustodyJson.of(custody, holds, custody.sessions(caseFile.id()), user));
  }

  private Future<Reply> place(Call call) {
    User user = call.user();
    CaseId id = new CaseId(call.path("caseId"));
    String reason = reason(call.body());
    return blocking.call(
        () -> {
          CaseFile caseFile = seen(user, id);
          custody.place(user, id, reason);
          soon.run();
          return view(user, caseFile);
        });
  }

  private Future<Reply> lift(Call call) {
    User user = call.user();
    CaseId id = new CaseId(call.path("caseId"));
    String hold = call.path("holdId");
    String reason = reason(call.body());
    return blocking.call(
        () -> {
          CaseFile caseFile = seen(user, id);
          custody.lift(user, id, hold, reason);
          soon.run();
          return view(user, caseFile);
        });
  }

  private Future<Reply> request(Call call) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    String reason = reason(call.body());
    return blocking.call(
        () -> {
          CaseFile caseFile = access.seen(user, session);
          custody.disposals().request(user, caseFile.id(), session, reason);
          return view(user, caseFile);
        });
  }

  private Future<Reply> decide(Call call) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    JsonNode approved = call.body().path("approved");
    if (!approved.isBoolean()) {
      throw Problem.malformed("The field 'approved' must be true or false.");
    }
    return blocking.call(
        () -> {
          CaseFile caseFile = access.seen(user, session);
          if (approved.booleanValue()) {
            custody.disposals().approve(user, caseFile.id(), session);
            soon.run();
          } else {
            custody.disposals().decline(user, caseFile.id(), session);
          }
          return view(user, caseFile);
        });
  }

  private Future<Reply> tombstone(Call call) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    return blocking.call(
        () -> {
          access.seen(user, session);
          CustodyRights.asking(user);
          return Reply.ok(CustodyJson.tombstones(custody.disposals().tombstones(session)));
        });
  }

  private Future<Reply> figures(Call call) {
    if (!call.user().is(Role.OPERATOR)) {
      throw Problem.notAllowed("Only an operator may see how evidence is kept.");
    }
    return Future.succeededFuture(
        Reply.ok(CustodyJson.figures(custody.figures(), custody.period().toString(), place)));
  }

  static String reason(JsonNode body) {
    String reason = Call.text(body, "reason");
    if (reason.length() > MAX_REASON) {
      throw Problem.malformed("The field 'reason' is longer than " + MAX_REASON + " characters.");
    }
    return reason;
  }
}
