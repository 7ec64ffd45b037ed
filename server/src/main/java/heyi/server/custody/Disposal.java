package heyi.server.custody;

import heyi.recording.ObjectKey;
import heyi.recording.Signatory;
import heyi.recording.retention.DisposalOrder;
import heyi.server.casefile.CaseId;
import heyi.server.casefile.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a session's recording be disposed of (销毁).
 *
 * @param decided null until somebody agreed or said no
 * @param begunAt when the first object may have gone; null before
 * @param failure what kept it from being finished the last time; null when nothing did
 */
record Disposal(
    String id,
    CaseId caseId,
    SessionId session,
    String reason,
    Act requested,
    @Nullable Act decided,
    DisposalState state,
    @Nullable Instant begunAt,
    @Nullable Instant doneAt,
    @Nullable String failure) {
  /**
   * What one of the two did.
   *
   * @param role that he acted in
   */
  record Act(String userId, String displayName, String role, Instant at) {
    Signatory signatory() {
      return new Signatory(userId, role, at);
    }
  }

  /** The order for one of the session's recordings, when this person agrees or agreed. */
  DisposalOrder order(ObjectKey root, Act agreed) {
    return new DisposalOrder(root, reason, requested.signatory(), agreed.signatory());
  }
}
