package heyi.recording.unsealing;

import heyi.recording.ObjectKey;
import heyi.recording.Signatory;
import java.time.Instant;

/** Orders for tests of what they open. */
public final class Orders {
  /** When the second person agreed. */
  public static final Instant AGREED = Instant.parse("2026-11-22T01:00:00Z");

  /** The end of an order. */
  public static final Instant UNTIL = Instant.parse("2026-11-23T01:00:00Z");

  private Orders() {}

  /** By an auditor, with a clerk's consent. */
  public static UnsealingOrder of(ObjectKey root) {
    return of(root, "user-1", "auditor", "user-2", "clerk", "投诉调查", UNTIL);
  }

  static UnsealingOrder of(
      ObjectKey root,
      String asked,
      String askedAs,
      String agreed,
      String agreedAs,
      String reason,
      Instant until) {
    return new UnsealingOrder(
        "order-1",
        root,
        reason,
        new Signatory(asked, askedAs, AGREED.minusSeconds(60)),
        new Signatory(agreed, agreedAs, AGREED),
        until);
  }
}
