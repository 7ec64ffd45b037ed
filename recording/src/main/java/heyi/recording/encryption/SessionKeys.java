package heyi.recording.encryption;

import heyi.recording.ObjectKey;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The key of each session, kept wrapped in the object store under {@code keys/}. Without that one
 * small object nothing of the session can be read any more.
 *
 * <p><b>Threads:</b> any; blocks. <b>Bounds:</b> {@value #MAX_CACHED} keys are kept in memory.
 */
final class SessionKeys {
  static final ObjectKey DIRECTORY = new ObjectKey("keys");
  private static final int MAX_CACHED = 256;
  private static final int CONTEXT_SEGMENTS = 2;
  private static final String CONTENT_TYPE = "application/json";

  private final ObjectStore store;
  private final KeyManagement management;
  private final SecureRandom random;
  private final Map<String, byte[]> cached =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
          return size() > MAX_CACHED;
        }
      };

  SessionKeys(ObjectStore store, KeyManagement management, SecureRandom random) {
    this.store = store;
    this.management = management;
    this.random = random;
  }

  /** The key of the session that the object belongs to; empty when the session has none yet. */
  Optional<byte[]> find(ObjectKey object) {
    String context = context(object);
    synchronized (cached) {
      byte[] known = cached.get(context);
      if (known != null) {
        return Optional.of(known);
      }
    }
    try (InputStream in = store.read(place(context))) {
      byte[] key = management.unwrap(context, WrappedKey.read(in.readAllBytes()));
      synchronized (cached) {
        cached.put(context, key);
      }
      return Optional.of(key);
    } catch (StoreException.ObjectNotFound absent) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException("could not read the key of " + context, e);
    }
  }

  /** As {@link #find}, made when there is none. */
  byte[] findOrMake(ObjectKey object) {
    Optional<byte[]> known = find(object);
    if (known.isPresent()) {
      return known.get();
    }
    String context = context(object);
    byte[] key = new byte[AesGcm.KEY_BYTES];
    random.nextBytes(key);
    byte[] wrapped = management.wrap(context, key).write();
    try {
      store.put(place(context), ObjectContent.ofBytes(wrapped, CONTENT_TYPE));
    } catch (StoreException.WriteOnceViolation somebodyWasFaster) {
      // then his key counts
    }
    return find(object)
        .orElseThrow(() -> new StoreException("the key of " + context + " was stored and is gone"));
  }

  /** The class and the session: {@code recordings/rec-1}. */
  private static String context(ObjectKey object) {
    String[] segments = object.value().split("/", CONTEXT_SEGMENTS + 1);
    return segments.length < CONTEXT_SEGMENTS ? segments[0] : segments[0] + "/" + segments[1];
  }

  private static ObjectKey place(String context) {
    return new ObjectKey(DIRECTORY.value() + "/" + context + ".json");
  }
}
