package heyi.recording.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.ledger.LedgerLine;
import heyi.recording.ledger.LedgerReader;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * What happens to a recording after its close: every replay, every export. Each entry is an object
 * of its own below {@code access/}, written once, chained to the one before; the first names the
 * manifest. Their offset on the session clock is zero, for that clock has stopped.
 *
 * <p>Two who write at once cannot both have the same number: the slower one takes the next.
 * <b>Threads:</b> any; blocks.
 */
public final class AccessLedger {
  /** Type of the first entry. */
  public static final String OPENED = "access-ledger-opened";

  private static final String TYPE = "application/json";

  /** More than this many writers at once do not meet over one recording. */
  private static final int TRIES = 20;

  private final ObjectStore store;
  private final InstantSource clock;

  /** Keeps entries in the store. */
  public AccessLedger(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Appends an entry; when it returns the entry is stored.
   *
   * @param root key below which the sealed recording is
   * @throws IOException when what is there cannot be read
   */
  public LedgerEntry append(ObjectKey root, LedgerEvent event) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      LedgerReader.Content content = read(root);
      try {
        if (content.entries().isEmpty()) {
          put(root, content, opened(root));
        } else {
          return put(root, content, event);
        }
      } catch (StoreException.WriteOnceViolation e) {
        continue; // somebody else was faster
      }
    }
    throw new StoreException("too many write the access ledger of " + root.name());
  }

  /**
   * All entries, checked.
   *
   * @throws IOException when they cannot be read
   * @throws LedgerDamage when they are not what was written
   */
  public LedgerReader.Content read(ObjectKey root) throws IOException {
    LedgerReader.Content content = LedgerReader.read(file(root));
    if (!content.whole()) {
      throw new LedgerDamage("access ledger of " + root.name() + ": " + content.damage());
    }
    return content;
  }

  /**
   * All entries as lines, as they go into a package.
   *
   * @throws IOException when they cannot be read
   */
  public byte[] file(ObjectKey root) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    List<ObjectKey> entries = store.list(StoreLayout.access(root));
    for (ObjectKey entry : entries) {
      try (InputStream in = store.read(entry)) {
        in.transferTo(file);
        file.write('\n');
      }
    }
    return file.toByteArray();
  }

  private LedgerEntry put(ObjectKey root, LedgerReader.Content before, LedgerEvent event)
      throws LedgerDamage {
    int sequence = before.entries().size();
    byte[] line =
        LedgerLine.write(
            sequence,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            Duration.ZERO,
            event,
            before.lastHash());
    ObjectKey object =
        StoreLayout.access(root).child(String.format(Locale.ROOT, "%08d.json", sequence));
    store.put(object, ObjectContent.ofBytes(line, TYPE));
    return LedgerLine.read(line);
  }

  private LedgerEvent opened(ObjectKey root) throws IOException {
    try (InputStream in = store.read(StoreLayout.manifest(root))) {
      byte[] manifest = in.readAllBytes();
      ObjectNode payload = CanonicalJson.object();
      payload.put("recordingId", Manifest.read(manifest).id().value());
      payload.put("manifestSha256", Sha256.of(manifest).hex());
      return new LedgerEvent(OPENED, payload);
    }
  }
}
