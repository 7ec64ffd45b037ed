package heyi.recording.store;

import heyi.recording.ObjectKey;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a store that can is to lock which objects.
 *
 * <p><b>Threads:</b> any; does not block.
 */
@FunctionalInterface
public interface ObjectLocking {
  /** Locks nothing, even where the store could. */
  ObjectLocking UNUSED = _ -> Optional.empty();

  /** Until when an object that is put now must stay; empty when it need not. */
  Optional<Instant> until(ObjectKey key);
}
