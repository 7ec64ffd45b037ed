package heyi.server.custody;

import heyi.server.casefile.CaseId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold (保全) on all evidence of a case, of sessions to come too.
 *
 * @param lifted null while it stands
 */
record Hold(String id, CaseId caseId, Act placed, @Nullable Act lifted) {
  /** Who did it when, and why. */
  record Act(String userId, String displayName, Instant at, String reason) {}

  boolean stands() {
    return lifted == null;
  }
}
