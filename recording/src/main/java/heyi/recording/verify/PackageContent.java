package heyi.recording.verify;

import heyi.recording.Sha256;
import heyi.recording.packaging.PackageLayout;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * What is in the ZIP: hashes of all entries, bytes of the small ones, facts of the chunks.
 *
 * <p>The entries are read from the front, as they stand in the file, and compared with the
 * directory at its end: tools differ in which of the two they believe.
 */
final class PackageContent {
  /** Texts longer than this are not evidence of ours. */
  private static final long MAX_TEXT_BYTES = 512L * 1024 * 1024;

  private static final Set<String> TEXTS =
      Set.of(
          PackageLayout.README, PackageLayout.MANIFEST, PackageLayout.LEDGER, PackageLayout.SUMS);

  private final Map<String, Sha256> hashes = new LinkedHashMap<>();
  private final Map<String, byte[]> texts = new LinkedHashMap<>();
  private final Map<String, ChunkFacts> chunks = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private long bytes;

  private PackageContent() {}

  /** Reads as far as it can be read; the rest becomes findings. */
  static PackageContent read(Path zip) {
    PackageContent content = new PackageContent();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(zip));
        ZipInputStream in = new ZipInputStream(file, StandardCharsets.UTF_8)) {
      ZipEntry entry = in.getNextEntry();
      while (entry != null) {
        content.add(entry.getName(), in);
        entry = in.getNextEntry();
      }
    } catch (IOException | IllegalArgumentException e) {
      String last = content.hashes.keySet().stream().reduce((a, b) -> b).orElse("its start");
      content.report(
          "package", Finding.Kind.UNREADABLE, "unreadable after " + last + ": " + e.getMessage());
    }
    content.compareDirectory(zip);
    return content;
  }

  /** Hashes by name, in the order of the file. */
  Map<String, Sha256> hashes() {
    return hashes;
  }

  /** The bytes of one of the texts; empty when there is none. */
  byte[] text(String name) {
    return texts.getOrDefault(name, new byte[0]);
  }

  Map<String, ChunkFacts> chunks() {
    return chunks;
  }

  List<Finding> findings() {
    return findings;
  }

  long bytes() {
    return bytes;
  }

  private void add(String name, InputStream in) throws IOException {
    if (hashes.containsKey(name)) {
      report(name, Finding.Kind.UNKNOWN, "stands in the package twice");
    }
    DigestInputStream hashed = new DigestInputStream(in, Sha256.digest());
    boolean chunk = name.startsWith("recording/chunks/");
    if (chunk || TEXTS.contains(name)) {
      byte[] all = hashed.readNBytes((int) MAX_TEXT_BYTES);
      bytes += all.length + drain(hashed);
      if (chunk) {
        chunks.put(name, ChunkFacts.of(all));
      } else {
        texts.put(name, all);
      }
    } else {
      bytes += drain(hashed);
    }
    hashes.put(name, Sha256.ofDigest(hashed.getMessageDigest().digest()));
  }

  private void compareDirectory(Path zip) {
    try (ZipFile file = new ZipFile(zip.toFile(), StandardCharsets.UTF_8)) {
      List<String> directory = file.stream().map(ZipEntry::getName).toList();
      List<String> front = List.copyOf(hashes.keySet());
      if (!directory.equals(front)) {
        report(
            "package",
            Finding.Kind.CONTRADICTION,
            "its directory lists "
                + directory.size()
                + " entries otherwise than the "
                + front.size()
                + " that stand in it");
      }
    } catch (IOException | IllegalArgumentException e) {
      report("package", Finding.Kind.UNREADABLE, "its directory: " + e.getMessage());
    }
  }

  private void report(String object, Finding.Kind kind, String message) {
    findings.add(new Finding(object, kind, message));
  }

  private static long drain(InputStream in) throws IOException {
    return in.transferTo(OutputStream.nullOutputStream());
  }
}
