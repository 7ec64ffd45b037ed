package heyi.server.custody;

import heyi.recording.ObjectKey;
import heyi.recording.disposal.EvidenceDisposal;
import heyi.recording.disposal.SignedTombstone;
import heyi.recording.retention.Retention;
import heyi.recording.retention.RetentionException;
import heyi.recording.retention.RetentionPeriod;
import heyi.recording.store.StoreException;
import heyi.server.casefile.CaseId;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;
import heyi.server.http.Problem;
import heyi.server.identity.Role;
import heyi.server.identity.Tokens;
import heyi.server.identity.User;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends recordings: one person asks, another agrees, then everything goes and a tombstone stays. A
 * server that is killed meanwhile goes on at its next start. Blocks; call on a virtual thread.
 */
final class Disposals {
  private static final Logger log = LoggerFactory.getLogger(Disposals.class);

  private final CustodyStore custody;
  private final DisposalStore disposals;
  private final EvidenceDisposal evidence;
  private final Copies copies;
  private final Tokens tokens;
  private final RetentionPeriod period;
  private final InstantSource clock;

  Disposals(Custody.Parts parts, CustodyStore custody) {
    this.custody = custody;
    this.disposals = new DisposalStore(parts.jdbi(), parts.clock());
    this.evidence = parts.evidence();
    this.copies = parts.copies();
    this.tokens = parts.tokens();
    this.period = parts.period();
    this.clock = parts.clock();
  }

  /** The first moment at which the session's recording need not be kept; null while it runs. */
  @Nullable Instant retainUntil(CustodyStore.Kept session) {
    Instant ended = session.endedAt();
    Instant fixed = session.retainUntil();
    if (ended == null) {
      return fixed;
    }
    Instant now = period.until(ended);
    return fixed == null || now.isAfter(fixed) ? now : fixed;
  }

  /** The latest of a session; null when nobody ever asked. */
  @Nullable Disposal latest(SessionId session) {
    return disposals.latest(session);
  }

  List<Disposal> in(DisposalState state) {
    return disposals.in(state);
  }

  /** Somebody asks for it. */
  void request(User user, CaseId caseId, SessionId session, String reason) {
    Role role = CustodyRights.asking(user);
    String id = tokens.freshId("disposal");
    custody.locked(
        caseId,
        h -> {
          CustodyStore.Kept kept = custody.session(h, session);
          Disposal latest = disposals.latest(h, session);
          if (latest != null && latest.state() != DisposalState.DECLINED) {
            throw Problem.conflict("already-requested", "Its disposal was asked for already.");
          }
          refuseUnlessDue(h, caseId, kept);
          disposals.request(h, id, session, user, role, reason);
          return id;
        });
    log.info("disposal asked for disposal={} session={}", id, session.value());
  }

  /** What can be said before there is a second person. */
  private void refuseUnlessDue(Handle h, CaseId caseId, CustodyStore.Kept kept) {
    Instant until = retainUntil(kept);
    if (kept.state() != SessionState.SEALED || kept.recordingId() == null || until == null) {
      throw Problem.conflict("not-sealed", "The recording of this session is not sealed.");
    }
    if (custody.held(h, caseId)) {
      throw refused(Retention.Refusal.ON_HOLD, until);
    }
    if (clock.instant().isBefore(until)) {
      throw refused(Retention.Refusal.STILL_RETAINED, until);
    }
  }

  private static Problem refused(Retention.Refusal refusal, Instant until) {
    return switch (refusal) {
      case ON_HOLD ->
          Problem.conflict("on-hold", "A hold lies on the evidence of the case; lift it first.");
      case STILL_RETAINED ->
          Problem.conflict("still-retained", "The recording is to be kept until " + until + ".");
      case SAME_PERSON -> Problem.notAllowed("Another person than who asked has to agree.");
      case SAME_ROLE -> Problem.notAllowed("A clerk and an auditor have to agree on a disposal.");
      case NO_REASON -> Problem.malformed("A disposal needs a reason.");
    };
  }

  /** Somebody says no, or takes back what he asked for. */
  void decline(User user, CaseId caseId, SessionId session) {
    Role role = CustodyRights.asking(user);
    custody.locked(
        caseId,
        h -> {
          Disposal disposal = undecided(h, session);
          disposals.decide(h, disposal, user, role, DisposalState.DECLINED);
          return disposal;
        });
  }

  /**
   * Another person agrees: from now on nobody sees the recording, and {@link #carryOut} ends it.
   */
  void approve(User user, CaseId caseId, SessionId session) {
    CustodyRights.asking(user);
    custody.locked(
        caseId,
        h -> {
          Disposal disposal = undecided(h, session);
          CustodyStore.Kept kept = custody.session(h, session);
          refuseUnlessDue(h, caseId, kept);
          Role role = CustodyRights.agreeing(user, disposal.requested().role());
          String word = role == null ? disposal.requested().role() : role.word();
          Disposal.Act agreed =
              new Disposal.Act(user.id().value(), user.displayName(), word, clock.instant());
          ObjectKey root = new ObjectKey(Objects.requireNonNull(kept.recordingId()));
          Instant until = Objects.requireNonNull(retainUntil(kept));
          Retention.Decision decision =
              Retention.decide(
                  disposal.order(root, agreed), until, Retention.Standing.FREE, clock.instant());
          if (decision instanceof Retention.Decision.Refused(Retention.Refusal refusal)) {
            throw refused(refusal, until);
          }
          disposals.decide(h, disposal, user, Objects.requireNonNull(role), DisposalState.APPROVED);
          return disposal;
        });
    log.info("disposal agreed on session={}", session.value());
  }

  private Disposal undecided(Handle h, SessionId session) {
    Disposal disposal = disposals.latest(h, session);
    if (disposal == null || disposal.state() != DisposalState.REQUESTED) {
      throw Problem.conflict("nothing-to-decide", "Nobody asks for a disposal of this session.");
    }
    return disposal;
  }

  /** A hold comes: what was agreed on and has not begun does not happen. */
  void stop(Handle h, CaseId caseId) {
    for (Disposal disposal : disposals.in(DisposalState.APPROVED)) {
      if (disposal.caseId().equals(caseId) && disposal.begunAt() == null) {
        disposals.stop(h, disposal, "on-hold");
      }
    }
  }

  /** Carries out what was agreed on; what fails is tried again the next time. */
  void carryOut() {
    for (Disposal disposal : disposals.in(DisposalState.APPROVED)) {
      try {
        carryOut(disposal);
      } catch (StoreException | IOException | RetentionException e) {
        log.warn("disposal={} not finished, tried again later", disposal.id(), e);
        disposals.failed(disposal, String.valueOf(e.getMessage()));
      }
    }
  }

  private void carryOut(Disposal disposal) throws IOException {
    Disposal.Act agreed = Objects.requireNonNull(disposal.decided());
    CustodyStore.Kept kept =
        custody.locked(
            disposal.caseId(),
            h -> {
              disposals.begin(h, disposal);
              return custody.session(h, disposal.session());
            });
    copies.discard(disposal.session(), Objects.requireNonNull(kept.recordingId()));
    Instant until = Objects.requireNonNull(retainUntil(kept));
    for (ObjectKey root : recordings(disposal.session())) {
      switch (Retention.decide(
          disposal.order(root, agreed), until, Retention.Standing.FREE, clock.instant())) {
        case Retention.Decision.Permitted(var permit) -> evidence.dispose(permit);
        case Retention.Decision.Refused(var refusal) ->
            throw new RetentionException(root + " is not to be disposed of: " + refusal);
      }
    }
    disposals.done(disposal);
    log.info("disposed disposal={} session={}", disposal.id(), disposal.session().value());
  }

  /** Where the session's recordings are. */
  List<ObjectKey> recordings(SessionId session) {
    return evidence.ofSession(session.value());
  }

  /** The tombstones of a session, in the order of its recordings. */
  List<SignedTombstone> tombstones(SessionId session) throws IOException {
    List<SignedTombstone> tombstones = new ArrayList<>();
    for (ObjectKey root : recordings(session)) {
      evidence.tombstone(root).ifPresent(tombstones::add);
    }
    return tombstones;
  }
}
