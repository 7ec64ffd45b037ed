package heyi.server.custody;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.disposal.SignedTombstone;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import heyi.server.casefile.SessionState;
import heyi.server.identity.User;
import java.time.Instant;
import java.util.List;

/** The wire form of custody. */
final class CustodyJson {
  private CustodyJson() {}

  static ObjectNode of(
      Custody custody, List<Hold> holds, List<CustodyStore.Kept> sessions, User user) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("period", custody.period().toString());
    json.put("mayAct", CustodyRights.mayAct(user));
    ArrayNode holdArray = json.putArray("holds");
    holds.forEach(hold -> hold(holdArray.addObject(), hold));
    boolean held = holds.stream().anyMatch(Hold::stands);
    ArrayNode sessionArray = json.putArray("sessions");
    for (CustodyStore.Kept session : sessions) {
      if (session.recordingId() != null) {
        session(sessionArray.addObject(), custody, session, held, user);
      }
    }
    return json;
  }

  private static void hold(ObjectNode json, Hold hold) {
    json.put("holdId", hold.id());
    json.set("placed", act(hold.placed()));
    Hold.Act lifted = hold.lifted();
    if (lifted != null) {
      json.set("lifted", act(lifted));
    }
  }

  private static ObjectNode act(Hold.Act act) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("displayName", act.displayName())
        .put("at", act.at().toString())
        .put("reason", act.reason());
  }

  private static void session(
      ObjectNode json, Custody custody, CustodyStore.Kept session, boolean held, User user) {
    json.put("sessionId", session.session().value()).put("state", session.state().name());
    Instant until = custody.disposals().retainUntil(session);
    if (until != null) {
      json.put("retainUntil", until.toString());
    }
    boolean due =
        session.state() == SessionState.SEALED
            && until != null
            && !custody.now().isBefore(until)
            && !held;
    Disposal disposal = custody.disposals().latest(session.session());
    boolean open = disposal != null && disposal.state() != DisposalState.DECLINED;
    json.put("mayRequest", due && !open && CustodyRights.mayAct(user));
    if (disposal != null) {
      json.set("disposal", disposal(disposal, due, user));
    }
  }

  private static ObjectNode disposal(Disposal disposal, boolean due, User user) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("state", disposal.state().name()).put("reason", disposal.reason());
    json.set("requested", act(disposal.requested()));
    Disposal.Act decided = disposal.decided();
    if (decided != null) {
      json.set("decided", act(decided));
    }
    if (disposal.doneAt() != null) {
      json.put("doneAt", disposal.doneAt().toString());
    }
    boolean open = disposal.state() == DisposalState.REQUESTED;
    boolean own = disposal.requested().userId().equals(user.id().value());
    boolean other = CustodyRights.agreeing(user, disposal.requested().role()) != null;
    json.put("waitsForStore", disposal.failure() != null && disposal.begunAt() != null);
    json.put("stoppedByHold", "on-hold".equals(disposal.failure()));
    json.put("mayApprove", open && due && !own && other);
    json.put("mayDecline", open && CustodyRights.mayAct(user));
    json.put("own", own);
    return json;
  }

  static ObjectNode act(Disposal.Act act) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("displayName", act.displayName())
        .put("role", act.role())
        .put("at", act.at().toString());
  }

  /** As they lie in the store, so that their signatures can be checked. */
  static ObjectNode tombstones(List<SignedTombstone> tombstones) throws LedgerDamage {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("tombstones");
    for (SignedTombstone tombstone : tombstones) {
      array.add(CanonicalJson.read(tombstone.write()));
    }
    return json;
  }

  static ObjectNode figures(Custody.Figures figures, String period, String place) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("place", place)
        .put("period", period)
        .put("objectLock", figures.lock().word())
        .put("holds", figures.holds())
        .put("disposalsRequested", figures.requested())
        .put("disposalsUnderWay", figures.underWay())
        .put("disposalsFailing", figures.failing());
  }
}
