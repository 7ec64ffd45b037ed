package heyi.server.invitation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.server.casefile.CaseAccess;
import heyi.server.casefile.CaseFile;
import heyi.server.casefile.Party;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.identity.Secret;
import heyi.server.identity.User;
import heyi.server.invitation.InvitationOutcome.Valid;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Making, previewing and redeeming invitation links; the mediator's own seat. */
public final class InvitationRoutes implements Routes {
  /** Version of the consent texts; a changed text gets a new version, so that consent names it. */
  public static final String CONSENT_VERSION = "2026-11";

  private static final List<String> CONSENT_PURPOSES = List.of("recording", "online");

  private final Invitations invitations;
  private final Seats seats;
  private final CaseAccess access;
  private final Blocking blocking;
  private final @Nullable URI publicUrl;

  /** Links start with {@code publicUrl}, or with the address of the request when it is null. */
  public InvitationRoutes(
      Invitations invitations,
      Seats seats,
      CaseAccess access,
      Blocking blocking,
      @Nullable URI publicUrl) {
    this.invitations = invitations;
    this.seats = seats;
    this.access = access;
    this.blocking = blocking;
    this.publicUrl = publicUrl;
  }

  @Override
  public void register(Api api) {
    api.post("/api/sessions/:sessionId/invitations", Access.USER, this::invite);
    api.post("/api/sessions/:sessionId/seat", Access.USER, this::takeMediatorSeat);
    api.post("/api/invitations/preview", Access.ANYONE_SLOWLY, this::preview);
    api.post("/api/invitations/redeem", Access.ANYONE_SLOWLY, this::redeem);
  }

  private Future<Reply> invite(Call call) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    String partyId = Call.text(call.body(), "partyId");
    String base = Objects.requireNonNullElse(publicUrl, URI.create(call.origin())).toString();
    return blocking.call(
        () -> {
          CaseFile caseFile = access.led(user, session);
          requireOpen(caseFile, session);
          Party party =
              caseFile.parties().stream()
                  .filter(p -> p.id().value().equals(partyId))
                  .findFirst()
                  .orElseThrow(() -> Problem.notFound("party in this case"));
          Invitations.Issued issued = invitations.issue(session, party.id());
          ObjectNode json = JsonNodeFactory.instance.objectNode();
          json.put("url", url(base, issued.token()));
          json.put("expiresAt", issued.expiresAt().toString());
          return Reply.created(json);
        });
  }

  /**
   * The link of a token; the token stands in the fragment, which browsers never send to servers.
   */
  public static String url(String base, Secret<String> token) {
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
        + "/j#"
        + token.reveal();
  }

  private Future<Reply> takeMediatorSeat(Call call) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    return blocking.call(
        () -> {
          requireOpen(access.led(user, session), session);
          return seat(session, seats.issueToMediator(session));
        });
  }

  private static void requireOpen(CaseFile caseFile, SessionId session) {
    SessionState state = caseFile.session(session).state();
    if (state != SessionState.SCHEDULED && state != SessionState.LIVE) {
      throw Problem.conflict("session-over", "This session is over.");
    }
  }

  private Future<Reply> preview(Call call) {
    String token = Call.text(call.body(), "token");
    return blocking.call(() -> Reply.ok(previewJson(valid(token))));
  }

  private static ObjectNode previewJson(Valid valid) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("caseLabel", valid.caseFile().label())
        .put("displayName", valid.party().displayName())
        .put("role", valid.party().role().word())
        .put("sessionState", valid.state().name());
    ArrayNode consents = json.putArray("consents");
    for (String purpose : CONSENT_PURPOSES) {
      consents
          .addObject()
          .put("purpose", purpose)
          .put("version", CONSENT_VERSION)
          .put("textKey", "consent." + purpose);
    }
    return json;
  }

  private Future<Reply> redeem(Call call) {
    String token = Call.text(call.body(), "token");
    return blocking.call(
        () -> {
          Valid valid = valid(token);
          invitations.countRedemption(valid);
          return seat(valid.session(), seats.issue(valid));
        });
  }

  private Valid valid(String token) {
    return switch (invitations.look(token)) {
      case Valid valid -> valid;
      case InvitationOutcome.Unknown() ->
          throw new Problem(
              404, "unknown-invitation", "Unknown invitation", "This invitation does not exist.");
      case InvitationOutcome.UsedUp() ->
          throw new Problem(
              410,
              "used-up-invitation",
              "Invitation no longer valid",
              "This invitation was replaced, has expired, or its session is over.");
    };
  }

  private static Reply seat(SessionId session, Secret<String> token) {
    JsonNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("seatToken", token.reveal())
            .put("sessionId", session.value());
    return Reply.ok(json);
  }
}
