package heyi.recording.packaging;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.ledger.LedgerReader;
import heyi.recording.mux.MadeTrack;
import heyi.recording.seal.EvidencePublicKey;
import heyi.recording.seal.SignatureScheme;
import heyi.recording.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes evidence packages out of the object store.
 *
 * <p>Entries stand in the order of {@link PackageLayout}, in the form of {@link ZipLayout}.
 * <b>Threads:</b> blocks; call it on a virtual thread. <b>Bounds:</b> streams, never holds a chunk
 * or a track in memory.
 */
public final class PackageWriter {
  private final ObjectStore store;
  private final PackageSeal seal;

  /** Reads from this store; the seal vouches for what is written. */
  public PackageWriter(ObjectStore store, PackageSeal seal) {
    this.store = store;
    this.seal = seal;
  }

  /**
   * Writes a package.
   *
   * @param root key below which the sealed recording is
   * @param documents what the case adds
   * @param target made, or replaced as a whole
   * @throws IOException when the file cannot be written or an object not be read
   */
  public EvidencePackage write(ObjectKey root, List<PackageDocument> documents, Path target)
      throws IOException {
    byte[] manifestBytes = readAll(StoreLayout.manifest(root));
    Manifest manifest = Manifest.read(manifestBytes);
    Path next = target.resolveSibling(target.getFileName() + ".part");
    try (ZipFileWriter zip = ZipFileWriter.create(next)) {
      write(new Entries(zip), root, manifest, manifestBytes, documents);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(next);
      throw e;
    }
    Files.move(next, target, StandardCopyOption.REPLACE_EXISTING);
    return new EvidencePackage(manifest.id(), target, Files.size(target), Sha256.ofFile(target));
  }

  private void write(
      Entries entries,
      ObjectKey root,
      Manifest manifest,
      byte[] manifestBytes,
      List<PackageDocument> documents)
      throws IOException {
    SortedMap<String, byte[]> sealFiles = seal.files(root);
    byte[] key = Objects.requireNonNull(sealFiles.get(PackageLayout.KEY), PackageLayout.KEY);
    byte[] exportKey = sealFiles.getOrDefault(PackageLayout.EXPORT_KEY, key);
    entries.add(
        PackageLayout.README,
        PackageReadme.text(manifest, scheme(key), scheme(exportKey), sealFiles.keySet()));
    entries.add(PackageLayout.MANIFEST, manifestBytes);
    byte[] ledger = readAll(StoreLayout.ledger(root));
    entries.add(PackageLayout.LEDGER, ledger);
    for (Map.Entry<String, byte[]> file : sealFiles.entrySet()) {
      entries.add(file.getKey(), file.getValue());
    }
    for (SealedChunk chunk : manifest.chunks()) {
      ObjectKey object = StoreLayout.chunks(root).child(chunk.name());
      entries.add(PackageLayout.chunk(chunk), chunk.sizeBytes(), object);
    }
    for (MadeTrack track : manifest.tracks()) {
      ObjectKey object = StoreLayout.tracks(root).child(track.fileName());
      entries.add(PackageLayout.track(track), track.sizeBytes(), object);
    }
    addDocuments(entries, ledger, documents);
    byte[] sums = entries.sums();
    entries.add(PackageLayout.SUMS, sums);
    entries.add(PackageLayout.SUMS_SIGNATURE, seal.sign(sums));
    entries.finish();
  }

  /** Those of the case, and the transcript, which follows from the ledger. */
  private static void addDocuments(Entries entries, byte[] ledger, List<PackageDocument> documents)
      throws IOException {
    SortedMap<String, byte[]> sorted = new TreeMap<>();
    for (PackageDocument document : documents) {
      sorted.put(PackageLayout.document(document.name()), document.content());
    }
    byte[] transcript = TranscriptText.of(LedgerReader.read(ledger).entries());
    if (transcript != null) {
      sorted.put(PackageLayout.TRANSCRIPT, transcript);
    }
    for (Map.Entry<String, byte[]> document : sorted.entrySet()) {
      entries.add(document.getKey(), document.getValue());
    }
  }

  private static SignatureScheme scheme(byte[] key) {
    return EvidencePublicKey.ofPem(new String(key, StandardCharsets.UTF_8)).scheme();
  }

  private byte[] readAll(ObjectKey key) throws IOException {
    try (InputStream in = store.read(key)) {
      return in.readAllBytes();
    }
  }

  /** Writes entries and keeps their hashes. */
  private final class Entries {
    private final ZipFileWriter zip;
    private final StringBuilder sums = new StringBuilder();

    Entries(ZipFileWriter zip) {
      this.zip = zip;
    }

    void add(String name, byte[] content) throws IOException {
      add(name, content.length, new ByteArrayInputStream(content));
    }

    void add(String name, long size, ObjectKey key) throws IOException {
      try (InputStream in = store.read(key)) {
        add(name, size, in);
      }
    }

    byte[] sums() {
      return sums.toString().getBytes(StandardCharsets.UTF_8);
    }

    void finish() throws IOException {
      zip.finish();
    }

    private void add(String name, long size, InputStream content) throws IOException {
      sums.append(PackageLayout.sumLine(name, zip.add(name, size, content)));
    }
  }
}
