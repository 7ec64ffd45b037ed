package heyi.recording.retention;

import heyi.recording.ObjectKey;
import java.time.Instant;

/**
 * Leave to remove the objects of one recording. Only {@link Retention} makes one, and no store
 * removes anything without it.
 */
public final class DisposalPermit {
  private final DisposalOrder order;
  private final Instant retainUntil;

  DisposalPermit(DisposalOrder order, Instant retainUntil) {
    this.order = order;
    this.retainUntil = retainUntil;
  }

  /** What it rests on. */
  public DisposalOrder order() {
    return order;
  }

  /** Until when the recording had to be kept. */
  public Instant retainUntil() {
    return retainUntil;
  }

  /**
   * Refuses whatever the order does not name.
   *
   * @throws RetentionException when the object is of another recording
   */
  public void requireCovers(ObjectKey key) {
    if (!key.value().startsWith(order.root().value() + "/")) {
      throw new RetentionException(
          "a permit to dispose of " + order.root() + " is none for " + key);
    }
  }
}
