package heyi.recording.encryption;

/**
 * Wraps session keys, so that they can lie beside what they encrypt. The master key never leaves
 * the implementation.
 *
 * <p><b>Threads:</b> any; may block. <b>Errors:</b> {@link heyi.recording.store.StoreException}
 * when the service is away: try again later.
 */
public interface KeyManagement {
  /**
   * Wraps a key.
   *
   * @param context what the key is for; only the same context unwraps it. Starts with the class of
   *     the evidence ({@code recordings/} or {@code sealed/}), so that an implementation can keep
   *     different keys, and rights, for each
   * @param key 32 bytes
   */
  WrappedKey wrap(String context, byte[] key);

  /**
   * Unwraps a key.
   *
   * @throws UndecryptableException when it was wrapped for another context or by an unknown master
   *     key, or was changed
   */
  byte[] unwrap(String context, WrappedKey wrapped);
}
