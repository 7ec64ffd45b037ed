package heyi.recording.verify;

import heyi.recording.Sha256;
import heyi.recording.packaging.PackageLayout;
import heyi.recording.packaging.ZipLayout;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * What is in the ZIP: hashes of all entries, bytes of the small ones, facts of the chunks.
 *
 * <p>The file is read from the front and every byte of it has to be what {@link ZipLayout} makes of
 * names and contents: a package has one spelling, and tools that believe the directory at the end
 * see the same as those that believe the headers.
 */
final class PackageContent {
  /** A text longer than this is not evidence of ours. */
  private static final long MAX_TEXT_BYTES = 512L * 1024 * 1024;

  private static final int MAX_NAME_BYTES = 512;
  private static final int READ_BYTES = 256 * 1024;
  private static final long UINT32 = 0xFFFF_FFFFL;

  private final FileChannel file;
  private final Map<String, Sha256> hashes = new LinkedHashMap<>();
  private final Map<String, byte[]> texts = new LinkedHashMap<>();
  private final Map<String, ChunkFacts> chunks = new LinkedHashMap<>();
  private final List<ZipLayout.Entry> entries = new ArrayList<>();
  private final List<Finding> findings;
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
  private long bytes;

  private PackageContent(FileChannel file, List<Finding> findings) {
    this.file = file;
    this.findings = findings;
  }

  /** Reads as far as it can be read; the rest becomes findings. */
  static PackageContent read(Path zip) throws IOException {
    List<Finding> findings = new ArrayList<>();
    try (FileChannel file = FileChannel.open(zip, StandardOpenOption.READ)) {
      PackageContent content = new PackageContent(file, findings);
      content.readAll();
      return content;
    }
  }

  /** Hashes by name, in the order of the file. */
  Map<String, Sha256> hashes() {
    return hashes;
  }

  /** Whether there is an entry of the name. */
  boolean has(String name) {
    return hashes.containsKey(name);
  }

  /** The bytes of an entry that is no track or document; empty when there is none. */
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

  private void readAll() throws IOException {
    try {
      while (nextIsEntry()) {
        readEntry();
      }
    } catch (EOFException | IllegalArgumentException e) {
      String last = hashes.keySet().stream().reduce((a, b) -> b).orElse("its start");
      report(
          "package", Finding.Kind.UNREADABLE, "unreadable after " + last + ": " + e.getMessage());
      return;
    }
    checkDirectory();
  }

  private boolean nextIsEntry() throws IOException {
    if (file.size() - file.position() < Integer.BYTES) {
      throw new EOFException("the file ends before its directory");
    }
    long position = file.position();
    int signature = littleEndian(Integer.BYTES).getInt();
    file.position(position);
    return signature == ZipLayout.LOCAL_SIGNATURE;
  }

  private void readEntry() throws IOException {
    long offset = file.position();
    ByteBuffer header = littleEndian(ZipLayout.LOCAL_BYTES);
    long crc = header.getInt(14) & UINT32;
    long size = header.getInt(22) & UINT32;
    int nameBytes = header.getShort(26) & 0xFFFF;
    int extraBytes = header.getShort(28) & 0xFFFF;
    boolean large = extraBytes == ZipLayout.LOCAL_EXTRA_BYTES;
    if (nameBytes == 0 || nameBytes > MAX_NAME_BYTES || (extraBytes != 0 && !large)) {
      throw new IllegalArgumentException("no header of an entry at " + offset);
    }
    String name = new String(littleEndian(nameBytes).array(), StandardCharsets.UTF_8);
    if (large) {
      size = littleEndian(extraBytes).getLong(4);
    }
    if (size < 0 || size > file.size() - file.position()) {
      throw new EOFException(name + " would have " + size + " bytes");
    }
    ZipLayout.Entry entry = new ZipLayout.Entry(name, crc, size, offset);
    int length = (int) (file.position() - offset);
    file.position(offset);
    if (!Arrays.equals(littleEndian(length).array(), ZipLayout.localHeader(entry))) {
      report(name, Finding.Kind.ALTERED, "its header in the package is not as it is written");
    }
    entries.add(entry);
    readContent(entry);
  }

  private void readContent(ZipLayout.Entry entry) throws IOException {
    String name = entry.name();
    if (hashes.containsKey(name)) {
      report(name, Finding.Kind.UNKNOWN, "stands in the package twice");
    }
    boolean chunk = name.startsWith(PackageLayout.CHUNKS);
    boolean streamed =
        name.startsWith(PackageLayout.TRACKS) || name.startsWith(PackageLayout.DOCUMENTS);
    MessageDigest digest = Sha256.digest();
    CRC32 crc = new CRC32();
    if (streamed || entry.size() > MAX_TEXT_BYTES) {
      stream(entry.size(), digest, crc);
    } else {
      byte[] all = littleEndian((int) entry.size()).array();
      digest.update(all);
      crc.update(all);
      if (chunk) {
        chunks.put(name, ChunkFacts.of(all));
      } else {
        texts.put(name, all);
      }
    }
    if (crc.getValue() != entry.crc()) {
      report(name, Finding.Kind.ALTERED, "does not have the checksum of its header");
    }
    bytes += entry.size();
    hashes.put(name, Sha256.ofDigest(digest.digest()));
  }

  private void stream(long size, MessageDigest digest, CRC32 crc) throws IOException {
    long left = size;
    while (left > 0) {
      buffer.clear().limit((int) Math.min(left, buffer.capacity()));
      int read = file.read(buffer);
      if (read < 0) {
        throw new EOFException("the file became shorter");
      }
      digest.update(buffer.array(), 0, read);
      crc.update(buffer.array(), 0, read);
      left -= read;
    }
  }

  private void checkDirectory() throws IOException {
    long offset = file.position();
    byte[] expected = ZipLayout.directory(entries, offset);
    long there = file.size() - offset;
    boolean same =
        there == expected.length && Arrays.equals(littleEndian(expected.length).array(), expected);
    if (!same) {
      report(
          "package",
          Finding.Kind.CONTRADICTION,
          "its directory is not that of the " + entries.size() + " entries that stand in it");
    }
  }

  private ByteBuffer littleEndian(int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes) < 0) {
        throw new EOFException("the file ends within an entry");
      }
    }
    return bytes.flip();
  }

  private void report(String object, Finding.Kind kind, String message) {
    findings.add(new Finding(object, kind, message));
  }
}
