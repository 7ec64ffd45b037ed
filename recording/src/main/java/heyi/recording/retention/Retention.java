package heyi.recording.retention;

import heyi.recording.Signatory;
import java.time.Instant;

/**
 * Decides whether a recording may be disposed of: its time is over, no hold (保全) lies on it, and
 * two people of two roles want it.
 *
 * <p><b>Source:</b> 法释〔2017〕5号 art. 15: nobody deletes a recording without permission.
 */
public final class Retention {
  private Retention() {}

  /** What is decided. */
  public sealed interface Decision {
    /** The stores may remove it. */
    record Permitted(DisposalPermit permit) implements Decision {}

    /** Nothing may be removed. */
    record Refused(Refusal refusal) implements Decision {}
  }

  /** Why not. */
  public enum Refusal {
    /** Its time is not over. */
    STILL_RETAINED,
    /** A hold lies on it, however long its time is over. */
    ON_HOLD,
    /** Who asked is who agreed. */
    SAME_PERSON,
    /** Two people, but of one role. */
    SAME_ROLE,
    /** Nobody said why. */
    NO_REASON
  }

  /** Whether a hold lies on a recording. */
  public enum Standing {
    /** None does. */
    FREE,
    /** At least one does. */
    HELD
  }

  /**
   * Decides on an order.
   *
   * @param retainUntil the first moment at which it need not be kept any more
   * @param now wall clock
   */
  public static Decision decide(
      DisposalOrder order, Instant retainUntil, Standing standing, Instant now) {
    Signatory requested = order.requested();
    Signatory approved = order.approved();
    if (standing == Standing.HELD) {
      return new Decision.Refused(Refusal.ON_HOLD);
    }
    if (now.isBefore(retainUntil)) {
      return new Decision.Refused(Refusal.STILL_RETAINED);
    }
    if (requested.userId().equals(approved.userId())) {
      return new Decision.Refused(Refusal.SAME_PERSON);
    }
    if (requested.role().equals(approved.role())) {
      return new Decision.Refused(Refusal.SAME_ROLE);
    }
    if (order.reason().isBlank()) {
      return new Decision.Refused(Refusal.NO_REASON);
    }
    return new Decision.Permitted(new DisposalPermit(order, retainUntil));
  }
}
