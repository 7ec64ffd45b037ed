package heyi.recording.session;

import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.Sha256;
import heyi.recording.StreamHash;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.ledger.LedgerDamage;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerReader;
import heyi.recording.mux.MadeTrack;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.RecordingEvents;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.store.Listing;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads every object of one sealed recording back and compares it with the manifest, the manifest
 * with the ledger, and the sources that were published with the tracks.
 *
 * <p><b>Threads:</b> one; blocks for as long as the store takes to give everything back.
 */
final class StoreCheck {
  /** A source that is gone again sooner had no time to send. */
  private static final long LASTS_MILLIS = 5_000;

  private final ObjectStore store;
  private final RecordingId id;
  private final ObjectKey root;
  private final List<StoreReport.Difference> differences = new ArrayList<>();
  private final Set<ObjectKey> named = new HashSet<>();
  private String rootHash = "";
  private int unseen;
  private String away = "";
  private int objects;
  private long bytes;

  StoreCheck(ObjectStore store, RecordingClass recordingClass, RecordingId id) {
    this.store = store;
    this.id = id;
    this.root = StoreLayout.root(recordingClass, id);
  }

  StoreReport run() {
    try {
      Manifest manifest = Manifest.read(content(StoreLayout.manifest(root)));
      switch (manifest.recordingClass()) {
        case JOINT -> compareLedger(manifest);
        case SEALED -> compareClosedLedger(manifest);
      }
      ObjectKey chunks = StoreLayout.chunks(root);
      for (SealedChunk chunk : manifest.chunks()) {
        compare(chunks.child(chunk.name()), chunk.sizeBytes(), chunk.sha256());
      }
      ObjectKey tracks = StoreLayout.tracks(root);
      for (MadeTrack track : manifest.tracks()) {
        compare(tracks.child(track.fileName()), track.sizeBytes(), track.sha256());
      }
      compareNames(chunks);
      compareNames(tracks);
    } catch (LedgerDamage e) {
      differs(root, "cannot be read: " + e.getMessage());
    } catch (StoreException.ObjectNotFound e) {
      differs(root, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new StoreException("could not read " + root, e);
    }
    if (unseen > 0) {
      differs(root, unseen + " objects were not seen, for a store is away: " + away);
    }
    return new StoreReport(id, rootHash, objects, bytes, differences);
  }

  private void compareLedger(Manifest manifest) throws IOException {
    LedgerReader.Content read = LedgerReader.read(content(StoreLayout.ledger(root)));
    rootHash = read.root().toString();
    if (!read.whole()) {
      differs(StoreLayout.ledger(root), read.damage());
    }
    if (!read.root().equals(manifest.ledger().rootHash())) {
      differs(
          StoreLayout.manifest(root),
          "names root " + manifest.ledger().rootHash() + ", the ledger gives " + read.root());
    }
    compareSources(read.entries(), manifest.tracks());
  }

  /** Nobody reads a sealed ledger without an order: its hash has to do. */
  private void compareClosedLedger(Manifest manifest) {
    rootHash = manifest.ledger().rootHash().toString();
    compare(StoreLayout.ledger(root), manifest.ledger().sizeBytes(), manifest.ledger().sha256());
  }

  private byte[] content(ObjectKey key) throws IOException {
    try (InputStream in = store.read(key)) {
      byte[] content = in.readAllBytes();
      objects++;
      bytes += content.length;
      return content;
    }
  }

  private void compare(ObjectKey key, long sizeBytes, Sha256 sha256) {
    named.add(key);
    try {
      if (store.stat(key).isEmpty()) {
        differs(key, "is named and not there");
        return;
      }
      StreamHash actual = store.digest(key);
      objects++;
      bytes += actual.sizeBytes();
      if (actual.sizeBytes() != sizeBytes) {
        differs(key, "should have " + sizeBytes + " bytes but has " + actual.sizeBytes());
      } else if (!actual.sha256().equals(sha256)) {
        differs(key, "should be " + sha256 + " but is " + actual.sha256());
      }
    } catch (StoreException.Unreachable e) {
      unseen++;
      away = String.valueOf(e.getMessage());
    } catch (StoreException e) { // also what cannot be decrypted any more
      differs(key, "cannot be read back: " + e.getMessage());
    }
  }

  private void compareNames(ObjectKey directory) {
    Listing seen = store.listing(directory);
    for (ObjectKey key : seen.keys()) {
      if (!named.contains(key)) {
        differs(key, "is there and named nowhere");
      }
    }
    if (!seen.whole()) {
      differs(directory, "may hold more than was seen: " + seen.unseen());
    }
  }

  private static String lane(LedgerEntry entry) {
    String kind = entry.payload().path("kind").asText().toLowerCase(Locale.ROOT);
    return entry.payload().path("seatId").asText() + " " + kind;
  }

  /**
   * A published source needs a track, unless the ledger says that it was silent, muted, off the
   * record, or published while the room let nothing through.
   */
  private void compareSources(List<LedgerEntry> entries, List<MadeTrack> tracks) {
    Set<String> accounted = new HashSet<>();
    Set<String> muted = new HashSet<>();
    tracks.forEach(track -> accounted.add(track.source().value()));
    boolean offRecord = false;
    boolean heldBack = false;
    for (LedgerEntry entry : entries) {
      switch (entry.type()) {
        case RecordingEvents.OFF_RECORD -> offRecord = true;
        case RecordingEvents.ON_RECORD -> offRecord = false;
        case "held-back" -> heldBack = entry.payload().path("held").asBoolean();
        case "room-restored" -> heldBack = false;
        default -> {} // the record goes on
      }
      if ((offRecord || heldBack) && entry.type().equals("source-added")) {
        accounted.add(entry.payload().path("source").asText());
      }
      if (entry.type().equals("source-silent")) {
        accounted.add(entry.payload().path("source").asText());
      }
      if (entry.type().equals("mute-changed") && entry.payload().path("muted").asBoolean()) {
        muted.add(lane(entry));
      }
    }
    for (LedgerEntry entry : entries) {
      String source = entry.payload().path("source").asText();
      boolean published = entry.type().equals("source-added") && entry.payload().has("endpoint");
      boolean accountable = published && !muted.contains(lane(entry));
      if (accountable && accounted.add(source) && lasted(entries, entry)) {
        differences.add(
            new StoreReport.Difference(source, "was published and nothing of it can be played"));
      }
    }
  }

  private static boolean lasted(List<LedgerEntry> entries, LedgerEntry added) {
    String source = added.payload().path("source").asText();
    long from = added.offset().toMillis();
    return entries.stream()
        .filter(entry -> entry.sequence() > added.sequence())
        .filter(
            entry ->
                entry.type().equals(RecordingEvents.STOPPED)
                    || (entry.type().equals("source-removed")
                        && entry.payload().path("source").asText().equals(source)))
        .findFirst()
        .map(entry -> entry.offset().toMillis() - from > LASTS_MILLIS)
        .orElse(false);
  }

  private void differs(ObjectKey key, String message) {
    differences.add(new StoreReport.Difference(key.value(), message));
  }
}
