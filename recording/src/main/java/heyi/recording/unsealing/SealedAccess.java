package heyi.recording.unsealing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens sealed recordings by order of two people of two roles. What it gives out stands in the
 * access ledger of the recording before anybody can use it.
 *
 * <p><b>Threads:</b> any; blocks. <b>Source:</b> 民事调解规定 art. 5 allows the caucus; that its
 * recording stays closed to the other party, to joint replay and to export is a decision of ours.
 */
public final class SealedAccess {
  /** Type of the entry in the access ledger. */
  public static final String OPENED = "sealed-opened";

  private final AccessRecord accesses;
  private final InstantSource clock;
  private final Duration longest;

  /** Where it is written down. */
  @FunctionalInterface
  public interface AccessRecord {
    /** Appends; when it returns the entry is stored. */
    void append(ObjectKey root, LedgerEvent event) throws IOException;
  }

  /** What comes of an order. */
  public sealed interface Outcome {
    /** The recording opens. */
    record Opened(SealedCapability capability) implements Outcome {}

    /** It stays closed, and nothing was written down. */
    record Refused(Refusal refusal) implements Outcome {}
  }

  /** Why not. */
  public enum Refusal {
    /** Who looks is none of the two. */
    SOMEBODY_ELSE,
    /** The recording is none that is sealed. */
    NOT_SEALED,
    /** Who asked is who agreed. */
    SAME_PERSON,
    /** Two people, but of one role. */
    SAME_ROLE,
    /** Nobody said why. */
    NO_REASON,
    /** Its time is over. */
    OVER,
    /** It would be good for longer than an order may. */
    TOO_LONG
  }

  /**
   * Makes capabilities.
   *
   * @param longest time from the agreement for which an order may be good
   */
  public SealedAccess(AccessRecord accesses, InstantSource clock, Duration longest) {
    this.accesses = accesses;
    this.clock = clock;
    this.longest = longest;
  }

  /**
   * Opens what the order names, each time with an entry of its own.
   *
   * @param viewer id of the account that looks: one of the two
   * @throws IOException when it cannot be written down; then it stays closed
   */
  public Outcome open(UnsealingOrder order, String viewer) throws IOException {
    Refusal refusal = refusal(order, viewer, clock.instant());
    if (refusal != null) {
      return new Outcome.Refused(refusal);
    }
    ObjectNode payload =
        CanonicalJson.object()
            .put("orderId", order.id())
            .put("userId", viewer)
            .put("requestedBy", order.requested().userId())
            .put("approvedBy", order.approved().userId())
            .put("reason", order.reason())
            .put("until", order.until().toString());
    accesses.append(order.root(), new LedgerEvent(OPENED, payload));
    return new Outcome.Opened(new SealedCapability(order));
  }

  private @Nullable Refusal refusal(UnsealingOrder order, String viewer, Instant now) {
    if (!order.isOf(viewer)) {
      return Refusal.SOMEBODY_ELSE;
    }
    if (!RecordingClass.SEALED.holds(order.root())) {
      return Refusal.NOT_SEALED;
    }
    if (order.requested().userId().equals(order.approved().userId())) {
      return Refusal.SAME_PERSON;
    }
    if (order.requested().role().equals(order.approved().role())) {
      return Refusal.SAME_ROLE;
    }
    if (order.reason().isBlank()) {
      return Refusal.NO_REASON;
    }
    if (!now.isBefore(order.until())) {
      return Refusal.OVER;
    }
    boolean tooLong = order.until().isAfter(order.approved().at().plus(longest));
    return tooLong ? Refusal.TOO_LONG : null;
  }
}
