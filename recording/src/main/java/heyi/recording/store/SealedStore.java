package heyi.recording.store;

import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.unsealing.SealedCapability;
import heyi.recording.unsealing.UnsealingException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An object store whose sealed recordings open to who holds a capability, and to nobody else: no
 * replay, no export, no package, whichever way it comes. Stands before the store that decrypts.
 *
 * <p>Open are manifest, seal and access ledger, which hold hashes and ids, and {@link #digest},
 * which gives nothing away, so that sealed evidence can be signed and compared like any other.
 *
 * <p><b>Threads:</b> any; blocks. <b>Errors:</b> {@link UnsealingException}; nothing was read.
 */
public final class SealedStore extends ForwardingStore {
  private static final Set<String> OPEN =
      Set.of("manifest.json", "tombstone.json", "seal", "access");

  private final ObjectStore store;
  private final InstantSource clock;

  /** Stands before a store. */
  public SealedStore(ObjectStore store, InstantSource clock) {
    super(store);
    this.store = store;
    this.clock = clock;
  }

  /** This store, with what the capability opens for as long as it does. */
  public ObjectStore opened(SealedCapability capability) {
    return new Opened(capability);
  }

  @Override
  public InputStream read(ObjectKey key, long offset, long length) {
    if (isClosed(key)) {
      throw new UnsealingException(key + " is sealed; two people may order that it be opened");
    }
    return store.read(key, offset, length);
  }

  /** The third segment says what an object is: sealed/rec-1/chunks/000000.journal. */
  private static boolean isClosed(ObjectKey key) {
    String[] segments = key.value().split("/", -1);
    return RecordingClass.SEALED.holds(key) && !(segments.length > 2 && OPEN.contains(segments[2]));
  }

  /** Reads only: nothing is changed by order. */
  private final class Opened implements ObjectStore {
    private final SealedCapability capability;

    Opened(SealedCapability capability) {
      this.capability = capability;
    }

    @Override
    public StoredObject put(ObjectKey key, ObjectContent content) {
      throw new UnsealingException("an order opens sealed evidence for reading only: " + key);
    }

    @Override
    public InputStream read(ObjectKey key, long offset, long length) {
      if (!isClosed(key)) {
        return store.read(key, offset, length);
      }
      capability.requireOpens(key, clock.instant());
      return new WhileOpen(store.read(key, offset, length), key);
    }

    @Override
    public Optional<StoredObject> stat(ObjectKey key) {
      return store.stat(key);
    }

    @Override
    public List<ObjectKey> list(ObjectKey prefix) {
      return store.list(prefix);
    }

    /** Ends with the order, even in the middle of an object. */
    private final class WhileOpen extends FilterInputStream {
      private final ObjectKey key;

      WhileOpen(InputStream in, ObjectKey key) {
        super(in);
        this.key = key;
      }

      @Override
      public int read() throws IOException {
        capability.requireOpens(key, clock.instant());
        return super.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        capability.requireOpens(key, clock.instant());
        return super.read(into, offset, length);
      }
    }
  }
}
