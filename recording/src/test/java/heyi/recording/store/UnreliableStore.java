package heyi.recording.store;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store as they were seen: away, or saying yes and keeping nothing. */
final class UnreliableStore implements ObjectStore {
  private final Map<ObjectKey, StoredObject> facts = new HashMap<>();
  private final Map<ObjectKey, byte[]> kept = new HashMap<>();
  private boolean away;
  private boolean emptyObjects;

  UnreliableStore away(boolean now) {
    away = now;
    return this;
  }

  UnreliableStore keepingNothing() {
    emptyObjects = true;
    return this;
  }

  @Override
  public StoredObject put(ObjectKey key, ObjectContent content) {
    answer();
    try (InputStream in = content.open()) {
      byte[] bytes = in.readAllBytes();
      StoredObject before = facts.get(key);
      if (before != null) {
        before.holding(content);
      }
      kept.putIfAbsent(key, emptyObjects ? new byte[0] : bytes);
      return facts.computeIfAbsent(
          key,
          made -> new StoredObject(made, bytes.length, Sha256.of(bytes), content.contentType()));
    } catch (IOException e) {
      throw new StoreException("could not store " + key, e);
    }
  }

  @Override
  public InputStream read(ObjectKey key, long offset, long length) {
    answer();
    byte[] bytes = kept.get(key);
    if (bytes == null) {
      throw new StoreException.ObjectNotFound(key);
    }
    return new ByteArrayInputStream(
        bytes, (int) offset, (int) Math.min(length, bytes.length - offset));
  }

  @Override
  public Optional<StoredObject> stat(ObjectKey key) {
    answer();
    return Optional.ofNullable(facts.get(key));
  }

  @Override
  public List<ObjectKey> list(ObjectKey prefix) {
    answer();
    return kept.keySet().stream()
        .filter(key -> key.value().startsWith(prefix.value() + "/"))
        .sorted()
        .toList();
  }

  private void answer() {
    if (away) {
      throw new StoreException.Unreachable("no answer", new IOException("Connection refused"));
    }
  }
}
