package heyi.recording.disposal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.ObjectKey;
import heyi.recording.RecordingId;
import heyi.recording.Sha256;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.packaging.LogEntries;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.retention.DisposalOrder;
import heyi.recording.retention.DisposalPermit;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.store.LegalHold;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ends recordings for good, and keeps them from ending: disposal (销毁) and holds (保全) in the store.
 *
 * <p>Removed are chunks, tracks, films and the ledger, each with the wrapped key in its header.
 * Manifest, signature, time stamp and access ledger stay: they hold hashes and ids, and with them
 * the tombstone can be checked against what was once signed and logged.
 *
 * <p>Every step can be done again after a kill: the access ledger says first what is about to be
 * removed, then everything goes, then the tombstone is put, then it is entered into the log.
 * <b>Threads:</b> any; blocks.
 */
public final class EvidenceDisposal {
  /** Type of the entry in the access ledger after which objects go. */
  public static final String BEGUN = "disposal-begun";

  /** Between the name of a session and the number of its caucus. */
  private static final String CAUCUS = "-caucus-";

  /** As many recordings as one session can have. */
  private static final int MAX_NUMBER = 9;

  private static final String TYPE = "application/json";

  private final ObjectStore store;
  private final EvidenceSeals seals;
  private final InstantSource clock;

  /** Works on the store; the seals sign, and keep the access ledger and the log. */
  public EvidenceDisposal(ObjectStore store, EvidenceSeals seals, InstantSource clock) {
    this.store = store;
    this.seals = seals;
    this.clock = clock;
  }

  /** Where the recordings of a session are: of the joint talk, and of its caucuses. */
  public List<ObjectKey> ofSession(String sessionId) {
    return Stream.concat(numbered(sessionId + "-").stream(), caucusesOf(sessionId).stream())
        .toList();
  }

  /** Where the recordings of a session's caucuses are. */
  public List<ObjectKey> caucusesOf(String sessionId) {
    return numbered(sessionId + CAUCUS);
  }

  private List<ObjectKey> numbered(String prefix) {
    return IntStream.rangeClosed(1, MAX_NUMBER)
        .mapToObj(number -> seals.rootOf(new RecordingId(prefix + number)))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Removes the recording that the permit is for. Doing it again finishes what was begun.
   *
   * @throws StoreException.Locked when the store itself keeps an object; what was removed before
   *     that is gone, and the tombstone comes when the store gives up the rest
   * @throws IOException when it cannot be finished now
   */
  public SignedTombstone dispose(DisposalPermit permit) throws IOException {
    ObjectKey root = permit.order().root();
    int films = begin(permit);
    for (ObjectKey object : removable(root)) {
      store.dispose(object, permit);
    }
    SignedTombstone signed = tombstone(root).orElse(null);
    if (signed == null) {
      signed = bury(permit, films);
    }
    seals.log().append(entry(signed));
    return signed;
  }

  /** How many films there were: they are in no manifest. */
  private int begin(DisposalPermit permit) throws IOException {
    ObjectKey root = permit.order().root();
    for (LedgerEntry entry : seals.accesses(root)) {
      if (entry.type().equals(BEGUN)) {
        return entry.payload().path("films").asInt();
      }
    }
    int films = store.list(StoreLayout.films(root)).size();
    DisposalOrder order = permit.order();
    ObjectNode payload =
        CanonicalJson.object()
            .put("userId", order.approved().userId())
            .put("requestedBy", order.requested().userId())
            .put("reason", order.reason())
            .put("films", films);
    seals.accessed(root, new LedgerEvent(BEGUN, payload));
    return films;
  }

  private SignedTombstone bury(DisposalPermit permit, int films) throws IOException {
    ObjectKey root = permit.order().root();
    byte[] bytes = read(StoreLayout.manifest(root));
    Manifest manifest = Manifest.read(bytes);
    long size = manifest.ledger().sizeBytes();
    size += manifest.chunks().stream().mapToLong(chunk -> chunk.sizeBytes()).sum();
    size += manifest.tracks().stream().mapToLong(track -> track.sizeBytes()).sum();
    Tombstone tombstone =
        new Tombstone(
            manifest.id(),
            manifest.sessionId(),
            Sha256.of(bytes),
            manifest.ledger().rootHash(),
            manifest.ledger().rootSm3(),
            new Tombstone.Removed(manifest.chunks().size(), manifest.tracks().size(), films, size),
            permit.retainUntil(),
            permit.order(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    SignedTombstone signed =
        new SignedTombstone(tombstone, seals.key(), seals.sign(tombstone.write()));
    store.put(StoreLayout.tombstone(root), ObjectContent.ofBytes(signed.write(), TYPE));
    return signed;
  }

  /**
   * The tombstone of a recording; empty when it was not disposed of.
   *
   * @throws IOException when it cannot be read, or is not what was signed
   */
  public Optional<SignedTombstone> tombstone(ObjectKey root) throws IOException {
    ObjectKey key = StoreLayout.tombstone(root);
    return store.stat(key).isEmpty()
        ? Optional.empty()
        : Optional.of(SignedTombstone.read(read(key)));
  }

  /**
   * Looks at what a disposal left.
   *
   * @return what is not as it should be, a sentence each; empty when the tombstone is there,
   *     signed, in the log, of this recording, and nothing else is
   */
  public List<String> check(ObjectKey root) throws IOException {
    List<String> findings = new ArrayList<>();
    try {
      SignedTombstone signed = tombstone(root).orElse(null);
      if (signed == null) {
        return List.of("was disposed of and has no tombstone");
      }
      if (!signed.tombstone().manifest().equals(Sha256.of(read(StoreLayout.manifest(root))))) {
        findings.add("the tombstone is of another manifest");
      }
      if (seals.log().prove(entry(signed)).isEmpty()) {
        findings.add("the tombstone is not in the log");
      }
    } catch (LedgerDamage e) {
      findings.add(String.valueOf(e.getMessage()));
    }
    removable(root).forEach(object -> findings.add(object + " should be gone and is there"));
    return findings;
  }

  /**
   * Has the store hold all objects of a recording, or lift its hold, where it can; other stores
   * change nothing.
   */
  public void hold(ObjectKey root, LegalHold hold) {
    store.list(root).forEach(object -> store.hold(object, hold));
  }

  private List<ObjectKey> removable(ObjectKey root) {
    return store.list(root).stream().filter(key -> !StoreLayout.outlives(root, key)).toList();
  }

  private static byte[] entry(SignedTombstone signed) {
    return LogEntries.disposed(
        signed.tombstone().recording(), signed.tombstone().rootHash(), Sha256.of(signed.write()));
  }

  private byte[] read(ObjectKey key) throws IOException {
    try (InputStream in = store.read(key)) {
      return in.readAllBytes();
    }
  }
}
