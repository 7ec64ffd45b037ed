package heyi.recording.store;

import heyi.recording.ObjectKey;
import java.util.List;

/**
 * What can be seen of the objects below a key.
 *
 * @param keys in their order
 * @param unseen why there may be more; empty when these are all
 */
public record Listing(List<ObjectKey> keys, String unseen) {
  /** Copies the list. */
  public Listing {
    keys = List.copyOf(keys);
  }

  /** Whether these are all. */
  public boolean whole() {
    return unseen.isEmpty();
  }
}
