package heyi.server.search;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.server.casefile.SessionId;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.identity.Role;
import heyi.server.identity.User;
import heyi.server.replay.AuditLog;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;

/** Searching sessions: auditors and clerks among all, mediators among their own. */
public final class SessionSearchRoutes implements Routes {
  private final SessionSearch search;
  private final AuditLog audit;
  private final Blocking blocking;

  /** Uses the search. */
  public SessionSearchRoutes(SessionSearch search, AuditLog audit, Blocking blocking) {
    this.search = search;
    this.audit = audit;
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
    boolean replaysAll = user.is(Role.AUDITOR);
    if (SessionQuery.asksForText(call) && !replaysAll && !user.is(Role.MEDIATOR)) {
      throw Problem.notAllowed(
          "Only who may replay a recording may look for words of its transcript.");
    }
    SessionQuery query =
        SessionQuery.of(call, all ? null : user.id(), replaysAll ? null : user.id());
    return blocking.call(() -> Reply.ok(answer(user, query)));
  }

  /** What was said is shown to nobody without a note of it. */
  private ObjectNode answer(User user, SessionQuery query) {
    List<FoundSession> found = search.find(query);
    TranscriptSearch.Asked transcript = query.transcript();
    if (transcript == null) {
      return json(found, List.of());
    }
    List<SessionId> sessions =
        found.stream().limit(SessionSearch.PAGE_SIZE).map(FoundSession::id).toList();
    ObjectNode detail = JsonNodeFactory.instance.objectNode().put("text", transcript.text());
    sessions.forEach(session -> audit.record(user.id(), "found-by-transcript", session, detail));
    return json(found, search.lines(sessions, transcript.text()));
  }

  private static ObjectNode json(List<FoundSession> found, List<FoundWords> words) {
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
      words(line, session, words.stream().filter(one -> one.session().equals(session.id())));
    }
    return json;
  }

  private static void words(ObjectNode line, FoundSession session, Stream<FoundWords> words) {
    List<FoundWords> found = words.toList();
    if (found.isEmpty()) {
      return;
    }
    ArrayNode array = line.putArray("lines");
    for (FoundWords one : found) {
      ObjectNode entry = array.addObject();
      entry.put("number", one.number()).put("kind", one.kind()).put("text", one.text());
      String seatId = one.seatId();
      if (seatId != null) {
        entry.put("seatId", seatId).put("speaker", session.nameOfSeat(seatId));
      }
      Long atMs = one.atMs();
      if (atMs != null) {
        entry.put("atMs", Math.max(0, atMs));
      }
    }
  }
}
