package heyi.media.pool;

import heyi.media.colibri2.BridgeClient;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A room's place on a bridge, from being given to being given back.
 *
 * <p><b>Threads:</b> any. Giving it back twice counts once.
 */
public final class Placement {
  private final BridgeClient client;
  private final Back back;
  private final AtomicBoolean open = new AtomicBoolean(true);

  /** Takes a placement back. */
  @FunctionalInterface
  interface Back {
    void give(Reason reason);
  }

  /** Why a room gives its place back. */
  public enum Reason {
    /** Its conference is over. */
    ENDED,
    /** It goes to another bridge, or begins anew; this one is not to blame. */
    MOVED,
    /** The bridge failed it: it is checked at once, and gets no rooms until it answers. */
    FAILED
  }

  Placement(BridgeClient client, Back back) {
    this.client = client;
    this.back = back;
  }

  /** The bridge. */
  public BridgeClient client() {
    return client;
  }

  /** Gives the place back. */
  public void giveBack(Reason reason) {
    if (open.compareAndSet(true, false)) {
      back.give(reason);
    }
  }
}
