package heyi.recording.sealing;

import heyi.recording.ObjectKey;
import heyi.recording.RecordingId;
import heyi.recording.access.AccessLedger;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.ledger.LedgerReader;
import heyi.recording.log.LogException;
import heyi.recording.log.WitnessedLog;
import heyi.recording.packaging.LogEntries;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.PackageLayout;
import heyi.recording.packaging.PackageSeal;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.seal.EvidenceKey;
import heyi.recording.seal.EvidencePublicKey;
import heyi.recording.seal.SealException;
import heyi.recording.seal.TimeStamp;
import heyi.recording.seal.TimeStampSource;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs manifests at the close, has them stamped then or later, and hands both out.
 *
 * <p>What is made stands beside the manifest as objects of its own, each written once, so that
 * every step can be done again after a kill. A time stamp authority that does not answer makes a
 * recording <i>unstamped</i>, which everybody is told, until {@link #retry} gets the stamp.
 * <b>Threads:</b> any; blocks; no lock is held while an authority is asked.
 */
public final class EvidenceSeals implements PackageSeal {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceSeals.class);
  private static final String JSON = "application/json";

  /** So many recordings are looked at in one go, so that a retry ends. */
  private static final int RETRY_BATCH = 100;

  private final ObjectStore store;
  private final SealedObjects objects;
  private final EvidenceKey key;
  private final TimeStampSource stamps;
  private final WitnessedLog log;
  private final AccessLedger access;
  private final PendingSeals pending;
  private final List<Consumer<ObjectKey>> sealed = new CopyOnWriteArrayList<>();
  private final byte[] verifierPage;

  /**
   * Keeps seals in the store.
   *
   * @param key signs
   * @param stamps asked once for each recording, and again until it answers
   * @param log everything sealed is entered there
   * @param pending directory that survives restarts; names what is not complete
   * @param clock of the access ledger
   * @param verifierPage checks packages in a browser and goes into each; empty for none
   */
  public EvidenceSeals(
      ObjectStore store,
      EvidenceKey key,
      TimeStampSource stamps,
      WitnessedLog log,
      Path pending,
      InstantSource clock,
      byte[] verifierPage) {
    this.store = store;
    this.objects = new SealedObjects(store);
    this.key = key;
    this.stamps = stamps;
    this.log = log;
    this.verifierPage = verifierPage.clone();
    this.access = new AccessLedger(store, clock);
    this.pending = new PendingSeals(pending);
  }

  /**
   * Seals a recording whose manifest was just stored. Doing it again changes nothing.
   *
   * @throws IOException when the signature cannot be kept; then the caller tries again. A missing
   *     time stamp is no reason to fail
   */
  public void seal(ObjectKey root) throws IOException {
    remember(root);
    complete(root, true);
    sealed.forEach(listener -> listener.accept(root));
  }

  /**
   * Has somebody told of each recording that is sealed from now on, and that the log may have
   * grown.
   *
   * @param listener called on the thread that seals; must not block
   */
  public void listen(Consumer<ObjectKey> listener) {
    sealed.add(listener);
  }

  /**
   * Writes down that somebody looks at a sealed recording or takes it away. When it returns, that
   * stands in the access ledger; the log hears of it by {@link #retry}.
   *
   * @throws IOException when it cannot be written; then he must not see it
   */
  public LedgerEntry accessed(ObjectKey root, LedgerEvent event) throws IOException {
    LedgerEntry entry = access.append(root, event);
    remember(root);
    return entry;
  }

  /**
   * Who looked at it, oldest first.
   *
   * @throws IOException when it cannot be read
   */
  public List<LedgerEntry> accesses(ObjectKey root) throws IOException {
    return access.read(root).entries();
  }

  /**
   * Completes what could not be completed before. An authority that does not answer is asked once.
   *
   * @return how many are still not complete, at most {@value #RETRY_BATCH}
   * @throws IOException when the disk refuses
   */
  public int retry() throws IOException {
    int left = 0;
    boolean answers = true;
    for (ObjectKey root : pending.list(RETRY_BATCH)) {
      try {
        if (complete(root, answers)) {
          LOG.info("recording={} seal completed", root.name());
        } else {
          left++;
          answers &= store.stat(stampKey(root)).isPresent();
        }
      } catch (StoreException | SealException e) {
        left++;
        LOG.warn("recording={} seal not completed", root.name(), e);
      }
    }
    return left;
  }

  /**
   * Recordings that the log names and the store no longer holds as they were sealed: somebody took
   * them away or changed them. Reads every entry of the log.
   */
  public List<RecordingId> lost() {
    return new LogAudit(objects, log.log()).lost();
  }

  /** The transparency log. */
  public WitnessedLog log() {
    return log;
  }

  /** Where a sealed recording is; empty when there is none of the name. */
  public Optional<ObjectKey> rootOf(RecordingId id) {
    return objects.rootOf(id);
  }

  /** How far a sealed recording is; empty when nothing of it was signed. */
  public Optional<SealStatus> status(ObjectKey root) {
    byte[] signed = objects.find(signatureKey(root));
    if (signed == null) {
      return Optional.empty();
    }
    EvidencePublicKey signer = StoredSignature.read(signed).key();
    return Optional.of(
        new SealStatus(signer.scheme().id(), signer.id(), stampOf(root), placeOf(root)));
  }

  @Override
  public SortedMap<String, byte[]> files(ObjectKey root) {
    byte[] signed = objects.find(signatureKey(root));
    if (signed == null) {
      throw new SealException("recording " + root.name() + " is not signed");
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    if (verifierPage.length > 0) {
      files.put(PackageLayout.VERIFIER, verifierPage);
    }
    StoredSignature signature = StoredSignature.read(signed);
    files.put(PackageLayout.KEY, utf8(signature.key().pem()));
    files.put(PackageLayout.SIGNATURE, signature.signature());
    if (!signature.key().id().equals(key.publicKey().id())) {
      files.put(PackageLayout.EXPORT_KEY, utf8(key.publicKey().pem()));
    }
    byte[] stamped = objects.find(stampKey(root));
    if (stamped != null) {
      StoredStamp stamp = StoredStamp.read(stamped);
      files.put(PackageLayout.STAMP, stamp.response());
      if (!stamp.trustPem().isEmpty()) {
        files.put(PackageLayout.STAMP_TRUST, utf8(stamp.trustPem()));
      }
    }
    try {
      addProof(entry(root), PackageLayout.LOG_PROOF, files);
      addAccesses(root, files);
    } catch (IOException e) {
      throw new StoreException("could not read what belongs to " + root, e);
    }
    return files;
  }

  @Override
  public byte[] sign(byte[] data) {
    return key.sign(data);
  }

  /** The key that signs now. */
  public EvidencePublicKey key() {
    return key.publicKey();
  }

  private void remember(ObjectKey root) throws IOException {
    synchronized (pending) {
      pending.add(root);
    }
  }

  /** Does what is missing; whether nothing is any more. */
  private boolean complete(ObjectKey root, boolean askForStamp) throws IOException {
    sign(root);
    boolean entered = enter(root);
    int anchored = anchor(root);
    boolean stamped = store.stat(stampKey(root)).isPresent() || (askForStamp && stamp(root));
    synchronized (pending) {
      // whoever looks at it meanwhile is remembered before or after, never in between
      boolean whole = entered && stamped && access.read(root).entries().size() == anchored;
      if (whole) {
        pending.remove(root);
      }
      return whole;
    }
  }

  /** Two may do it at once; the first counts. */
  private void putOnce(ObjectKey object, byte[] bytes) {
    try {
      store.put(object, ObjectContent.ofBytes(bytes, JSON));
    } catch (StoreException.WriteOnceViolation e) {
      LOG.info("{} is there already", object);
    }
  }

  private void sign(ObjectKey root) throws IOException {
    if (store.stat(signatureKey(root)).isEmpty()) {
      byte[] manifest = objects.read(StoreLayout.manifest(root));
      StoredSignature signature = new StoredSignature(key.publicKey(), key.sign(manifest));
      putOnce(signatureKey(root), signature.write());
    }
  }

  /** Puts the proof and the keys to check it with; nothing when the entry is not in the log. */
  private void addProof(byte[] entry, String name, SortedMap<String, byte[]> files) {
    log.prove(entry)
        .ifPresent(
            proof -> {
              files.put(PackageLayout.LOG_KEYS, utf8(log.verifierKeys()));
              files.put(name, utf8(proof.text()));
              if (name.equals(PackageLayout.LOG_PROOF)) {
                files.put(PackageLayout.LOG_ENTRY, entry);
              }
            });
  }

  private void addAccesses(ObjectKey root, SortedMap<String, byte[]> files) throws IOException {
    byte[] lines = access.file(root);
    if (lines.length > 0) {
      files.put(PackageLayout.ACCESS, lines);
      anchor(root);
      byte[] head = LogEntries.accessHead(new RecordingId(root.name()), LedgerReader.read(lines));
      addProof(head, PackageLayout.ACCESS_PROOF, files);
    }
  }

  /** Whether it is in the log now. */
  private boolean enter(ObjectKey root) throws IOException {
    try {
      log.append(entry(root));
      return true;
    } catch (LogException | StoreException e) {
      LOG.warn("recording={} not in the log, tried again later", root.name(), e);
      return false;
    }
  }

  private byte[] entry(ObjectKey root) throws IOException {
    byte[] manifest = objects.read(StoreLayout.manifest(root));
    return LogEntries.sealed(Manifest.read(manifest), manifest);
  }

  /**
   * The end of the access ledger goes into the log; how many entries it then vouches for, or -1.
   */
  private int anchor(ObjectKey root) throws IOException {
    try {
      LedgerReader.Content content = access.read(root);
      if (!content.entries().isEmpty()) {
        log.append(LogEntries.accessHead(new RecordingId(root.name()), content));
      }
      return content.entries().size();
    } catch (LogException | StoreException e) {
      LOG.warn("recording={} accesses not in the log, tried again later", root.name(), e);
      return -1;
    }
  }

  /** Whether there is a stamp now. */
  private boolean stamp(ObjectKey root) throws IOException {
    if (store.stat(stampKey(root)).isPresent()) {
      return true;
    }
    try {
      byte[] manifest = objects.read(StoreLayout.manifest(root));
      byte[] response = stamps.stamp(manifest);
      TimeStamp.check(response, manifest, stamps.trust()); // its clock may be wrong, or ours
      StoredStamp stamp = new StoredStamp(response, TimeStamp.pem(stamps.trust()));
      putOnce(stampKey(root), stamp.write());
      return true;
    } catch (SealException e) {
      LOG.warn("recording={} unstamped, tried again later: {}", root.name(), e.getMessage());
      return false;
    }
  }

  private SealStatus.@Nullable LogPlace placeOf(ObjectKey root) {
    try {
      return log.prove(entry(root))
          .map(
              proof ->
                  new SealStatus.LogPlace(
                      proof.checkpoint().origin(),
                      proof.index(),
                      proof.checkpoint().size(),
                      log.seenBy(proof.checkpoint())))
          .orElse(null);
    } catch (IOException e) {
      throw new StoreException("could not read the manifest of " + root, e);
    }
  }

  private @Nullable TimeStamp stampOf(ObjectKey root) {
    byte[] stamped = objects.find(stampKey(root));
    if (stamped == null) {
      return null;
    }
    StoredStamp stamp = StoredStamp.read(stamped);
    try {
      byte[] manifest = objects.read(StoreLayout.manifest(root));
      return TimeStamp.check(stamp.response(), manifest, TimeStamp.certificates(stamp.trustPem()));
    } catch (IOException e) {
      throw new StoreException("could not read the manifest of " + root, e);
    }
  }

  private static ObjectKey signatureKey(ObjectKey root) {
    return StoreLayout.seal(root).child("signature.json");
  }

  private static ObjectKey stampKey(ObjectKey root) {
    return StoreLayout.seal(root).child("stamp.json");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
