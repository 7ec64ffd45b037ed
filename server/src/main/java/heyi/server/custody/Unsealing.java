package heyi.server.custody;

import heyi.recording.ObjectKey;
import heyi.recording.unsealing.UnsealingOrder;
import heyi.server.casefile.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An order to open the sealed recordings of a session (启封).
 *
 * @param good for how long from the agreement
 * @param decided null until somebody agreed or said no
 * @param revoked null unless somebody took it back after it was agreed to
 */
record Unsealing(
    String id,
    SessionId session,
    String reason,
    Duration good,
    Disposal.Act requested,
    Disposal.@Nullable Act decided,
    Disposal.@Nullable Act revoked,
    State state) {
  /** How far an order is. */
  enum State {
    /** One person asked for it. */
    REQUESTED,
    /** Somebody said no, or who asked took it back. */
    DECLINED,
    /** Another person agreed: it opens until its time is over. */
    APPROVED,
    /** Somebody took it back before its time was over: it opens nothing any more. */
    REVOKED
  }

  /** The first moment at which it opens nothing any more; null while nobody agreed. */
  @Nullable Instant until() {
    return state == State.APPROVED ? Objects.requireNonNull(decided).at().plus(good) : null;
  }

  /** The order for one of the recordings; only when somebody agreed. */
  UnsealingOrder order(ObjectKey root) {
    return new UnsealingOrder(
        id,
        root,
        reason,
        requested.signatory(),
        Objects.requireNonNull(decided).signatory(),
        Objects.requireNonNull(until()));
  }

  /** Whether the person is one of the two. */
  boolean isOf(String userId) {
    return requested.userId().equals(userId)
        || (decided != null && decided.userId().equals(userId));
  }
}
