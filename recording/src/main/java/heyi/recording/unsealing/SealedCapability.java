package heyi.recording.unsealing;

import heyi.recording.ObjectKey;
import java.time.Instant;

/** Leave to open one sealed recording for a while. Only {@link SealedAccess} makes one. */
public final class SealedCapability {
  private final UnsealingOrder order;

  SealedCapability(UnsealingOrder order) {
    this.order = order;
  }

  /** What it rests on. */
  public UnsealingOrder order() {
    return order;
  }

  /**
   * Refuses other recordings, and everything once its time is over.
   *
   * @throws UnsealingException when it does not open the object now
   */
  public void requireOpens(ObjectKey key, Instant now) {
    if (!key.value().startsWith(order.root().value() + "/")) {
      throw new UnsealingException("order " + order.id() + " does not open " + key);
    }
    if (!now.isBefore(order.until())) {
      throw new UnsealingException("order " + order.id() + " was good until " + order.until());
    }
  }
}
