package heyi.server.casefile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The wire form of cases. */
final class CaseJson {
  private CaseJson() {}

  static ObjectNode list(List<CaseStore.Summary> cases) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("cases");
    for (CaseStore.Summary line : cases) {
      array
          .addObject()
          .put("caseId", line.id().value())
          .put("number", line.number())
          .put("title", line.title())
          .put("status", line.status().name())
          .put("updatedAt", line.updatedAt().toString())
          .put("sessionCount", line.sessionCount());
    }
    return json;
  }

  static ObjectNode whole(CaseFile caseFile) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("caseId", caseFile.id().value())
        .put("number", caseFile.number())
        .put("title", caseFile.title())
        .put("status", caseFile.status().name());
    json.putObject("mediator").put("displayName", caseFile.mediator().displayName());
    json.set("parties", parties(caseFile.parties()));
    ArrayNode sessions = json.putArray("sessions");
    caseFile.sessions().forEach(session -> session(sessions.addObject(), session));
    ArrayNode documents = json.putArray("documents");
    for (CaseFile.Document document : caseFile.documents()) {
      documents
          .addObject()
          .put("documentId", document.documentId())
          .put("title", document.title())
          .put("kind", document.kind())
          .put("sha256", document.sha256())
          .put("signed", document.signed())
          .put("createdAt", document.createdAt().toString());
    }
    return json;
  }

  static ArrayNode parties(List<Party> parties) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Party party : parties) {
      array
          .addObject()
          .put("partyId", party.id().value())
          .put("role", party.role().word())
          .put("displayName", party.displayName());
    }
    return array;
  }

  private static void session(ObjectNode json, CaseFile.Session session) {
    json.put("sessionId", session.id().value()).put("state", session.state().name());
    if (session.startedAt() != null) {
      json.put("startedAt", session.startedAt().toString());
    }
    if (session.endedAt() != null) {
      json.put("endedAt", session.endedAt().toString());
    }
    if (session.rootHash() != null) {
      json.put("rootHash", session.rootHash());
    }
  }
}
