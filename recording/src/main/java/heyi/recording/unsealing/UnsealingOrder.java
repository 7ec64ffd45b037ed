package heyi.recording.unsealing;

import heyi.recording.ObjectKey;
import heyi.recording.Signatory;
import java.time.Instant;

/**
 * What two people ordered: that a sealed recording may be opened for a while.
 *
 * @param id of the order, for the access ledger
 * @param root key below which all objects of the recording are
 * @param reason why, in the words of who asked
 * @param requested who asked
 * @param approved who agreed
 * @param until the first moment at which it opens nothing any more
 */
public record UnsealingOrder(
    String id,
    ObjectKey root,
    String reason,
    Signatory requested,
    Signatory approved,
    Instant until) {
  /** Whether the account is one of the two. */
  public boolean isOf(String userId) {
    return requested.userId().equals(userId) || approved.userId().equals(userId);
  }
}
