package heyi.server.custody;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ObjectKey;
import heyi.recording.unsealing.UnsealingException;
import heyi.server.casefile.CaseAccess;
import heyi.server.casefile.SessionId;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.identity.User;
import heyi.server.replay.RangedObject;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Orders to open sealed recordings over HTTP, for clerks and auditors. */
public final class UnsealingRoutes implements Routes {
  private final Unsealings unsealings;
  private final CaseAccess access;
  private final Blocking blocking;

  /** Uses the service. */
  public UnsealingRoutes(Unsealings unsealings, CaseAccess access, Blocking blocking) {
    this.unsealings = unsealings;
    this.access = access;
    this.blocking = blocking;
  }

  @Override
  public void register(Api api) {
    String all = "/api/sessions/:sessionId/unsealings";
    String one = all + "/:orderId";
    api.get(all, Access.USER, this::look);
    api.post(all, Access.USER, this::request);
    api.post(one + "/decision", Access.USER, this::decide);
    api.post(one + "/revocation", Access.USER, this::revoke);
    api.get(one + "/recordings/:recordingId/tracks/:fileName", Access.USER, this::track);
  }

  private Future<Reply> look(Call call) {
    User user = call.user();
    SessionId session = session(call);
    return blocking.call(
        () -> {
          requireKeeper(user, session);
          return view(user, session);
        });
  }

  private void requireKeeper(User user, SessionId session) {
    access.seen(user, session);
    CustodyRights.asking(user);
  }

  private Future<Reply> request(Call call) {
    User user = call.user();
    SessionId session = session(call);
    JsonNode body = call.body();
    String reason = CustodyRoutes.reason(body);
    JsonNode hours = body.path("hours");
    if (!hours.isInt() || hours.intValue() < 1 || hours.intValue() > Unsealings.LONGEST.toHours()) {
      throw Problem.malformed(
          "The field 'hours' must be a whole number from 1 to "
              + Unsealings.LONGEST.toHours()
              + ".");
    }
    return blocking.call(
        () -> {
          requireKeeper(user, session);
          if (unsealings.recordings(session).isEmpty()) {
            throw Problem.conflict("nothing-sealed", "No caucus of this session was recorded.");
          }
          unsealings.request(user, session, reason, Duration.ofHours(hours.intValue()));
          return view(user, session);
        });
  }

  private Future<Reply> decide(Call call) {
    User user = call.user();
    SessionId session = session(call);
    String id = call.path("orderId");
    JsonNode approved = call.body().path("approved");
    if (!approved.isBoolean()) {
      throw Problem.malformed("The field 'approved' must be true or false.");
    }
    return blocking.call(
        () -> {
          requireKeeper(user, session);
          if (approved.booleanValue()) {
            unsealings.approve(user, session, id);
          } else {
            unsealings.decline(user, session, id);
          }
          return view(user, session);
        });
  }

  private Future<Reply> revoke(Call call) {
    User user = call.user();
    SessionId session = session(call);
    String id = call.path("orderId");
    return blocking.call(
        () -> {
          requireKeeper(user, session);
          unsealings.revoke(user, session, id);
          return view(user, session);
        });
  }

  private Future<Reply> track(Call call) {
    User user = call.user();
    SessionId session = session(call);
    String id = call.path("orderId");
    String recording = call.path("recordingId");
    String fileName = call.path("fileName");
    RangedObject.Asked asked = RangedObject.Asked.by(call);
    return blocking.call(
        () -> {
          requireKeeper(user, session);
          try {
            Unsealings.OpenTrack track = unsealings.track(user, session, id, recording, fileName);
            return track.object().reply(asked, track.store(), blocking);
          } catch (UnsealingException e) {
            throw Problem.notAllowed("The time of the order is over.");
          }
        });
  }

  private static SessionId session(Call call) {
    return new SessionId(call.path("sessionId"));
  }

  private Reply view(User user, SessionId session) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    List<Unsealing> orders = unsealings.of(session);
    ArrayNode recordings = json.putArray("recordings");
    for (ObjectKey root : unsealings.recordings(session)) {
      SealedJson.recording(
          recordings.addObject(),
          root,
          unsealings.manifest(root),
          unsealings.accesses(root),
          orders);
    }
    ArrayNode all = json.putArray("orders");
    for (Unsealing order : orders) {
      order(all.addObject(), order, user);
    }
    return Reply.ok(json);
  }

  private void order(ObjectNode json, Unsealing order, User user) {
    boolean waits = order.state() == Unsealing.State.REQUESTED;
    boolean own = order.requested().userId().equals(user.id().value());
    json.put("orderId", order.id())
        .put("state", order.state().name())
        .put("reason", order.reason())
        .put("hours", order.good().toHours());
    json.set("requested", CustodyJson.act(order.requested()));
    Disposal.Act decided = order.decided();
    if (decided != null) {
      json.set("decided", CustodyJson.act(decided));
    }
    Disposal.Act revoked = order.revoked();
    if (revoked != null) {
      json.set("revoked", CustodyJson.act(revoked));
    }
    Instant until = order.until();
    boolean good = until != null && unsealings.now().isBefore(until);
    if (until != null) {
      json.put("until", until.toString());
      json.put("opens", good && order.isOf(user.id().value()));
    }
    json.put("own", own);
    json.put("mayRevoke", good);
    json.put(
        "mayApprove",
        waits && !own && CustodyRights.agreeing(user, order.requested().role()) != null);
    json.put("mayDecline", waits);
  }
}
