package heyi.recording.encryption;

import heyi.recording.ObjectKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The key under which a session's objects are encrypted now, and those under which they were.
 *
 * <p>Each object carries its session key, wrapped: nothing else has to be found for reading it, in
 * whichever store or mirror it is. A restarted server therefore simply goes on with another key.
 *
 * <p><b>Threads:</b> any; may block on the key management. <b>Bounds:</b> {@value #MAX_CACHED} keys
 * of each kind are kept in memory.
 */
final class SessionKeys {
  private static final int MAX_CACHED = 256;
  private static final int CONTEXT_SEGMENTS = 2;

  private final KeyManagement management;
  private final SecureRandom random;
  private final Map<String, SessionKey> current = new Recent<>();
  private final Map<String, byte[]> unwrapped = new Recent<>();

  /** A key, and its form for the header. */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record SessionKey(byte[] key, WrappedKey wrapped) {}

  SessionKeys(KeyManagement management, SecureRandom random) {
    this.management = management;
    this.random = random;
  }

  /** The key for a new object. */
  synchronized SessionKey current(ObjectKey object) {
    return current.computeIfAbsent(context(object), this::fresh);
  }

  /**
   * The key of an object that was read.
   *
   * @throws UndecryptableException when the master key is another, or the object is of another
   *     session
   */
  synchronized byte[] unwrap(ObjectKey object, WrappedKey wrapped) {
    String context = context(object);
    String name = context + " " + Base64.getEncoder().encodeToString(wrapped.bytes());
    byte[] known = unwrapped.get(name);
    if (known == null) {
      known = management.unwrap(context, wrapped);
      unwrapped.put(name, known);
    }
    return known;
  }

  /** Drops every key of the object's session from memory. */
  synchronized void forget(ObjectKey object) {
    String context = context(object);
    current.remove(context);
    unwrapped.keySet().removeIf(name -> name.startsWith(context + " "));
  }

  private SessionKey fresh(String context) {
    byte[] key = new byte[AesGcm.KEY_BYTES];
    random.nextBytes(key);
    return new SessionKey(key, management.wrap(context, key));
  }

  /** The class and the session: {@code recordings/rec-1}. */
  private static String context(ObjectKey object) {
    String[] segments = object.value().split("/", CONTEXT_SEGMENTS + 1);
    return segments.length < CONTEXT_SEGMENTS ? segments[0] : segments[0] + "/" + segments[1];
  }

  private static final class Recent<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > MAX_CACHED;
    }
  }
}
