package heyi.recording.packaging;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.mux.MadeTrack;
import heyi.recording.store.ObjectStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes evidence packages out of the object store.
 *
 * <p>The same recording and documents give the same bytes. Entries stand in the order of {@link
 * PackageLayout}. <b>Threads:</b> blocks; call it on a virtual thread. <b>Bounds:</b> streams,
 * never holds an object in memory.
 */
public final class PackageWriter {
  private final ObjectStore store;

  /** Reads from this store. */
  public PackageWriter(ObjectStore store) {
    this.store = store;
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
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(next));
        ZipOutputStream zip = new ZipOutputStream(file, StandardCharsets.UTF_8)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      Entries entries = new Entries(zip, manifest);
      entries.add(PackageLayout.README, PackageReadme.text(manifest));
      entries.add(PackageLayout.MANIFEST, manifestBytes);
      entries.add(PackageLayout.LEDGER, readAll(StoreLayout.ledger(root)));
      for (SealedChunk chunk : manifest.chunks()) {
        entries.add(
            PackageLayout.chunk(chunk), StoreLayout.chunks(root).child(chunk.name()), store);
      }
      for (MadeTrack track : manifest.tracks()) {
        entries.add(
            PackageLayout.track(track), StoreLayout.tracks(root).child(track.fileName()), store);
      }
      List<PackageDocument> sorted = new ArrayList<>(documents);
      sorted.sort(Comparator.comparing(PackageDocument::name));
      for (PackageDocument document : sorted) {
        entries.add(PackageLayout.document(document.name()), document.content());
      }
      entries.finish();
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(next);
      throw e;
    }
    Files.move(next, target, StandardCopyOption.REPLACE_EXISTING);
    return new EvidencePackage(manifest.id(), target, Files.size(target), Sha256.ofFile(target));
  }

  private byte[] readAll(ObjectKey key) throws IOException {
    try (InputStream in = store.read(key)) {
      return in.readAllBytes();
    }
  }

  /** Writes entries and keeps their hashes. */
  private static final class Entries {
    private final ZipOutputStream zip;
    private final Manifest manifest;
    private final StringBuilder sums = new StringBuilder();

    Entries(ZipOutputStream zip, Manifest manifest) {
      this.zip = zip;
      this.manifest = manifest;
    }

    void add(String name, byte[] content) throws IOException {
      begin(name);
      zip.write(content);
      end(name, Sha256.of(content));
    }

    void add(String name, ObjectKey key, ObjectStore store) throws IOException {
      begin(name);
      try (InputStream in = store.read(key);
          DigestInputStream hashed = new DigestInputStream(in, Sha256.digest())) {
        hashed.transferTo(zip);
        end(name, Sha256.ofDigest(hashed.getMessageDigest().digest()));
      }
    }

    void finish() throws IOException {
      begin(PackageLayout.SUMS);
      zip.write(sums.toString().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }

    private void begin(String name) throws IOException {
      ZipEntry entry = new ZipEntry(name);
      // Local time without zone, so that the same recording gives the same bytes everywhere.
      entry.setTimeLocal(manifest.start().atOffset(ZoneOffset.UTC).toLocalDateTime());
      zip.putNextEntry(entry);
    }

    private void end(String name, Sha256 hash) throws IOException {
      zip.closeEntry();
      sums.append(PackageLayout.sumLine(name, hash));
    }
  }
}
