package heyi.server.custody;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ObjectKey;
import heyi.recording.disposal.EvidenceDisposal;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.mux.MadeTrack;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.SealedStore;
import heyi.recording.unsealing.SealedAccess;
import heyi.recording.unsealing.SealedCapability;
import heyi.server.casefile.SessionId;
import heyi.server.http.Problem;
import heyi.server.identity.Role;
import heyi.server.identity.Tokens;
import heyi.server.identity.User;
import heyi.server.replay.RangedObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the recordings of a session's caucuses to the two who ordered it, for as long as the order
 * is good. Blocks; call on a virtual thread.
 *
 * <p><b>Bounds:</b> the last {@value #MAX_OPEN} capabilities are kept, so that a player's ranges
 * are one entry of the access ledger.
 */
public final class Unsealings {
  /** Longer than any complaint takes to look at. */
  static final Duration LONGEST = Duration.ofDays(7);

  private static final int MAX_OPEN = 256;
  private static final Logger log = LoggerFactory.getLogger(Unsealings.class);

  private final UnsealingStore orders;
  private final Tokens tokens;
  private final SealedStore store;
  private final EvidenceDisposal evidence;
  private final SealedAccess access;
  private final EvidenceSeals seals;
  private final InstantSource clock;
  private final Map<Opened, SealedCapability> open =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Opened, SealedCapability> eldest) {
          return size() > MAX_OPEN;
        }
      };

  private record Opened(String order, String user, ObjectKey root) {}

  /** Uses the store whose sealed recordings it opens, and the seals that write it down. */
  public Unsealings(
      Jdbi jdbi,
      InstantSource clock,
      Tokens tokens,
      SealedStore store,
      EvidenceDisposal evidence,
      EvidenceSeals seals) {
    this.orders = new UnsealingStore(jdbi, clock);
    this.tokens = tokens;
    this.store = store;
    this.evidence = evidence;
    this.seals = seals;
    this.access = new SealedAccess(seals::accessed, clock, LONGEST);
    this.clock = clock;
  }

  /** The session's caucuses that were recorded. */
  List<ObjectKey> recordings(SessionId session) {
    return evidence.caucusesOf(session.value());
  }

  List<Unsealing> of(SessionId session) {
    return orders.of(session);
  }

  Instant now() {
    return clock.instant();
  }

  void request(User user, SessionId session, String reason, Duration good) throws IOException {
    Role role = CustodyRights.asking(user);
    String id = tokens.freshId("order");
    ObjectNode asked = CanonicalJson.object().put("reason", reason).put("hours", good.toHours());
    writeDown(session, "sealed-opening-requested", id, user, asked);
    orders.request(id, session, user, role, reason, good);
    log.info("unsealing asked for order={} session={}", id, session.value());
  }

  /** Another person of the other role agrees. */
  void approve(User user, SessionId session, String id) throws IOException {
    Unsealing order = found(session, id);
    if (order.requested().userId().equals(user.id().value())) {
      throw Problem.notAllowed("Another person than who asked has to agree.");
    }
    Role role = CustodyRights.agreeing(user, order.requested().role());
    if (role == null) {
      throw Problem.notAllowed("A clerk and an auditor have to agree on opening what is sealed.");
    }
    decide(order, user, role, Unsealing.State.APPROVED);
  }

  /** Somebody says no, or takes back what he asked for. */
  void decline(User user, SessionId session, String id) throws IOException {
    decide(found(session, id), user, CustodyRights.asking(user), Unsealing.State.DECLINED);
  }

  /** Somebody ends an order before its time is over; one of the two roles is enough for that. */
  void revoke(User user, SessionId session, String id) throws IOException {
    Unsealing order = found(session, id);
    Role role = CustodyRights.asking(user);
    Instant until = order.until();
    if (until == null || !clock.instant().isBefore(until)) {
      throw Problem.conflict("not-open", "The order opens nothing now.");
    }
    writeDown(session, "sealed-opening-revoked", id, user, CanonicalJson.object());
    if (!orders.revoke(id, user, role)) {
      throw Problem.conflict("not-open", "Somebody revoked the order already.");
    }
    forget(id);
    log.info("unsealing order={} state={}", id, Unsealing.State.REVOKED);
  }

  private void decide(Unsealing order, User user, Role role, Unsealing.State state)
      throws IOException {
    if (order.state() != Unsealing.State.REQUESTED) {
      throw Problem.conflict("already-decided", "Somebody decided on this order already.");
    }
    String word = state == Unsealing.State.APPROVED ? "approved" : "declined";
    writeDown(order.session(), "sealed-opening-" + word, order.id(), user, CanonicalJson.object());
    if (!orders.decide(order.id(), user, role, state)) {
      throw Problem.conflict("already-decided", "Somebody decided on this order already.");
    }
    log.info("unsealing order={} state={}", order.id(), state);
  }

  /** Each step stands with the recordings that it is about, before it counts. */
  private void writeDown(SessionId session, String step, String id, User user, ObjectNode payload)
      throws IOException {
    payload.put("orderId", id).put("userId", user.id().value());
    for (ObjectKey root : recordings(session)) {
      seals.accessed(root, new LedgerEvent(step, payload.deepCopy()));
    }
  }

  /** Who asked for it, decided on it and opened it, oldest first. */
  List<LedgerEntry> accesses(ObjectKey root) throws IOException {
    return seals.accesses(root);
  }

  private synchronized void forget(String order) {
    open.keySet().removeIf(one -> one.order().equals(order));
  }

  private Unsealing found(SessionId session, String id) {
    Unsealing order = orders.find(session, id);
    if (order == null) {
      throw Problem.notFound("order");
    }
    return order;
  }

  /** A track of a sealed recording, and the store that gives it away. */
  record OpenTrack(RangedObject object, ObjectStore store) {}

  /** Opens a track; who is not one of the two does not learn whether there is one. */
  OpenTrack track(User user, SessionId session, String id, String recording, String fileName)
      throws IOException {
    Unsealing order = found(session, id);
    if (!order.isOf(user.id().value())) {
      throw Problem.notFound("order");
    }
    if (order.state() != Unsealing.State.APPROVED) {
      throw Problem.notAllowed("Nobody agreed that this be opened.");
    }
    ObjectKey root =
        recordings(session).stream()
            .filter(one -> one.name().equals(recording))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("recording"));
    ObjectStore opened = store.opened(capability(user, order, root));
    MadeTrack track =
        manifest(root).tracks().stream()
            .filter(one -> one.fileName().equals(fileName))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("track"));
    ObjectKey key = StoreLayout.tracks(root).child(track.fileName());
    return new OpenTrack(
        new RangedObject(key.value(), track.contentType(), track.sizeBytes(), track.sha256().hex()),
        opened);
  }

  /** What the manifest says, which is no secret to those who may ask. */
  Manifest manifest(ObjectKey root) throws IOException {
    try (InputStream in = store.read(StoreLayout.manifest(root))) {
      return Manifest.read(in.readAllBytes());
    }
  }

  private synchronized SealedCapability capability(User user, Unsealing order, ObjectKey root)
      throws IOException {
    Opened wanted = new Opened(order.id(), user.id().value(), root);
    SealedCapability known = open.get(wanted);
    if (known != null) {
      return known;
    }
    return switch (access.open(order.order(root), user.id().value())) {
      case SealedAccess.Outcome.Opened(SealedCapability capability) -> {
        open.put(wanted, capability);
        yield capability;
      }
      case SealedAccess.Outcome.Refused(SealedAccess.Refusal refusal) ->
          throw Problem.notAllowed("The order does not open it: " + refusal + ".");
    };
  }
}
