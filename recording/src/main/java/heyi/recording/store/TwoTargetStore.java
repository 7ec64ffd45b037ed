package heyi.recording.store;

import heyi.recording.ObjectKey;
import heyi.recording.retention.DisposalPermit;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two stores: what the first does not take for longer than a limit goes to the second, and reading
 * looks in both.
 *
 * <p>A put that the first store refuses fails until the limit is over, so that whoever puts tries
 * again: a restart of the store diverts nothing. An object that the first store keeps wrongly goes
 * to the second at once. <b>Threads:</b> any; blocks.
 */
public final class TwoTargetStore implements ObjectStore {
  private final ObjectStore first;
  private final ObjectStore second;
  private final Duration patience;
  private final InstantSource clock;
  private final Consumer<Diverted> onDiverted;
  private @Nullable Instant awaySince;

  /**
   * An object went to the second store.
   *
   * @param key of it
   * @param reason why the first store does not have it
   */
  public record Diverted(ObjectKey key, String reason) {}

  /**
   * Uses both.
   *
   * @param patience how long the first may stay away
   * @param onDiverted told of each object, on the thread that puts it
   */
  public TwoTargetStore(
      ObjectStore first,
      ObjectStore second,
      Duration patience,
      InstantSource clock,
      Consumer<Diverted> onDiverted) {
    this.first = first;
    this.second = second;
    this.patience = patience;
    this.clock = clock;
    this.onDiverted = onDiverted;
  }

  @Override
  public StoredObject put(ObjectKey key, ObjectContent content) {
    try {
      StoredObject stored = first.put(key, content);
      isThere();
      return stored;
    } catch (StoreException.WriteOnceViolation e) {
      throw e;
    } catch (StoreException.ContentMismatch e) {
      return divert(key, content, e);
    } catch (StoreException e) {
      if (!awayForTooLong()) {
        throw e;
      }
      return divert(key, content, e);
    }
  }

  private StoredObject divert(ObjectKey key, ObjectContent content, StoreException failure) {
    boolean known = second.stat(key).isPresent();
    StoredObject stored = second.put(key, content);
    if (!known) {
      onDiverted.accept(new Diverted(key, String.valueOf(failure.getMessage())));
    }
    return stored;
  }

  @Override
  public InputStream read(ObjectKey key, long offset, long length) {
    return holder(key).read(key, offset, length);
  }

  @Override
  public Optional<StoredObject> stat(ObjectKey key) {
    try {
      Optional<StoredObject> other = second.stat(key);
      return other.isPresent() ? other : first.stat(key);
    } catch (StoreException.Unreachable away) {
      return Optional.of(first.stat(key).orElseThrow(() -> away));
    }
  }

  /** What a store that is away has is not seen; then this fails. */
  @Override
  public List<ObjectKey> list(ObjectKey prefix) {
    return merged(List.of(first.list(prefix), second.list(prefix)));
  }

  /** From the one that is there, when the other is away. */
  @Override
  public Listing listing(ObjectKey prefix) {
    List<List<ObjectKey>> seen = new ArrayList<>();
    List<StoreException.Unreachable> away = new ArrayList<>();
    for (ObjectStore store : List.of(first, second)) {
      try {
        seen.add(store.list(prefix));
      } catch (StoreException.Unreachable e) {
        away.add(e);
      }
    }
    if (seen.isEmpty()) {
      throw away.getFirst();
    }
    return new Listing(
        merged(seen),
        away.isEmpty() ? "" : "one of two stores is away: " + away.getFirst().getMessage());
  }

  private static List<ObjectKey> merged(List<List<ObjectKey>> lists) {
    return List.copyOf(
        lists.stream().flatMap(Collection::stream).collect(Collectors.toCollection(TreeSet::new)));
  }

  /** From both: the first may hold a wrong copy of what the second has. */
  @Override
  public void dispose(ObjectKey key, DisposalPermit permit) {
    first.dispose(key, permit);
    second.dispose(key, permit);
  }

  @Override
  public StoreLock lock() {
    return first.lock();
  }

  @Override
  public void hold(ObjectKey key, LegalHold hold) {
    if (first.stat(key).isPresent()) {
      first.hold(key, hold);
    }
    if (second.stat(key).isPresent()) {
      second.hold(key, hold);
    }
  }

  private ObjectStore holder(ObjectKey key) {
    try {
      return second.stat(key).isPresent() ? second : first;
    } catch (StoreException.Unreachable _) {
      return first;
    }
  }

  private synchronized void isThere() {
    awaySince = null;
  }

  private synchronized boolean awayForTooLong() {
    Instant now = clock.instant();
    Instant since = awaySince;
    if (since == null) {
      awaySince = now;
      return false;
    }
    return Duration.between(since, now).compareTo(patience) >= 0;
  }
}
