package heyi.server.custody;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ObjectKey;
import heyi.recording.disposal.EvidenceDisposal;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.retention.RetentionPeriod;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.store.LegalHold;
import heyi.recording.store.StoreException;
import heyi.recording.store.StoreLock;
import heyi.server.casefile.CaseId;
import heyi.server.casefile.SessionState;
import heyi.server.http.Problem;
import heyi.server.identity.Tokens;
import heyi.server.identity.User;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the evidence of cases: fixes until when, places and lifts holds, ends what two people
 * order.
 *
 * <p>A hold stands from the moment that the database has it; access ledgers and the store's own
 * lock follow by {@link #work}, which does whatever is left to do and may be called again at any
 * time. Blocks; call on a virtual thread.
 */
public final class Custody {
  private static final String PLACED = "hold-placed";
  private static final String LIFTED = "hold-lifted";
  private static final Logger log = LoggerFactory.getLogger(Custody.class);

  private final Parts parts;
  private final CustodyStore store;
  private final Disposals disposals;
  private final ReentrantLock working = new ReentrantLock();
  private boolean closed;
  private volatile Figures figures = new Figures(StoreLock.UNKNOWN, 0, 0, 0, 0);

  /**
   * What custody stands on.
   *
   * @param evidence removes and holds objects
   * @param seals keeps the access ledgers
   * @param lock what the store itself does; may block
   * @param copies packages and films
   * @param period how long recordings are kept
   */
  public record Parts(
      Jdbi jdbi,
      InstantSource clock,
      Tokens tokens,
      EvidenceDisposal evidence,
      EvidenceSeals seals,
      Supplier<StoreLock> lock,
      Copies copies,
      RetentionPeriod period) {}

  /**
   * How custody stands, as far as {@link #work} saw it last.
   *
   * @param lock what the store itself does against removal
   * @param holds that stand
   * @param requested disposals that wait for a second person
   * @param underWay disposals that are agreed on and not finished
   * @param failing of these, those that failed the last time
   */
  public record Figures(StoreLock lock, int holds, int requested, int underWay, int failing) {}

  /** Uses the parts. */
  public Custody(Parts parts) {
    this.parts = parts;
    this.store = new CustodyStore(parts.jdbi(), parts.clock());
    this.disposals = new Disposals(parts, store);
  }

  /** How long recordings are kept. */
  public RetentionPeriod period() {
    return parts.period();
  }

  /** The figures of the last look. */
  public Figures figures() {
    return figures;
  }

  Disposals disposals() {
    return disposals;
  }

  List<Hold> holds(CaseId caseId) {
    return store.holds(caseId);
  }

  List<CustodyStore.Kept> sessions(CaseId caseId) {
    return store.sessions(caseId);
  }

  Instant now() {
    return parts.clock().instant();
  }

  /** Places a hold; from its return on nothing of the case can be disposed of. */
  void place(User user, CaseId caseId, String reason) {
    CustodyRights.asking(user);
    String id = parts.tokens().freshId("hold");
    store.locked(
        caseId,
        h -> {
          store.place(h, id, caseId, user.id().value(), reason);
          disposals.stop(h, caseId);
          return id;
        });
    log.info("hold placed hold={} case={}", id, caseId.value());
  }

  /**
   * Lifts a hold. It is written down before it is lifted, in the access ledger of every recording.
   */
  void lift(User user, CaseId caseId, String holdId, String reason) {
    CustodyRights.asking(user);
    Hold hold =
        store.holds(caseId).stream()
            .filter(one -> one.id().equals(holdId))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("hold"));
    if (!hold.stands()) {
      throw Problem.conflict("already-lifted", "This hold was lifted before.");
    }
    try {
      for (CustodyStore.Kept session : store.sessions(caseId)) {
        if (session.state() == SessionState.SEALED) {
          for (ObjectKey root : disposals.recordings(session.session())) {
            tell(root, LIFTED, holdId, user.id().value(), reason);
          }
        }
      }
    } catch (IOException | StoreException e) {
      log.warn("hold={} not lifted, the access ledger cannot be written", holdId, e);
      throw Problem.unavailable("The access ledger cannot be written; the hold stands.");
    }
    boolean lifted = store.locked(caseId, h -> store.lift(h, holdId, user.id().value(), reason));
    if (!lifted) {
      throw Problem.conflict("already-lifted", "This hold was lifted before.");
    }
    log.info("hold lifted hold={} case={}", holdId, caseId.value());
  }

  private void tell(ObjectKey root, String type, String holdId, String user, String reason)
      throws IOException {
    boolean told =
        parts.seals().accesses(root).stream()
            .anyMatch(
                entry ->
                    entry.type().equals(type)
                        && entry.payload().path("holdId").asText().equals(holdId));
    if (!told) {
      ObjectNode payload =
          CanonicalJson.object().put("userId", user).put("holdId", holdId).put("reason", reason);
      parts.seals().accessed(root, new LedgerEvent(type, payload));
    }
  }

  /** Does what is left to do, one caller at a time. */
  public void work() {
    working.lock();
    try {
      if (closed) {
        return;
      }
      fixTimes();
      reach();
      release();
      disposals.carryOut();
      look();
    } finally {
      working.unlock();
    }
  }

  /** Waits for what is being done, and does no more. */
  public void close() {
    working.lock();
    closed = true;
    working.unlock();
  }

  private void fixTimes() {
    for (CustodyStore.Kept session : store.sealed()) {
      Instant until = disposals.retainUntil(session);
      if (until != null && !until.equals(session.retainUntil())) {
        store.retain(session.session(), until);
      }
    }
  }

  private void reach() {
    for (CustodyStore.Reach reach : store.toReach()) {
      try {
        for (ObjectKey root : disposals.recordings(reach.session())) {
          tell(root, PLACED, reach.holdId(), reach.act().userId(), reach.act().reason());
          parts.evidence().hold(root, LegalHold.PLACED);
        }
        store.reached(reach);
      } catch (IOException | StoreException e) {
        log.warn("hold={} has not reached session={}", reach.holdId(), reach.session().value(), e);
      }
    }
  }

  private void release() {
    for (CustodyStore.Reach reach : store.toRelease()) {
      try {
        for (ObjectKey root : disposals.recordings(reach.session())) {
          parts.evidence().hold(root, LegalHold.LIFTED);
        }
        store.released(reach);
      } catch (StoreException e) {
        log.warn("hold={} still locks session={}", reach.holdId(), reach.session().value(), e);
      }
    }
  }

  private void look() {
    List<Disposal> underWay = disposals.in(DisposalState.APPROVED);
    figures =
        new Figures(
            parts.lock().get(),
            store.standing(),
            disposals.in(DisposalState.REQUESTED).size(),
            underWay.size(),
            (int) underWay.stream().filter(one -> one.failure() != null).count());
  }
}
