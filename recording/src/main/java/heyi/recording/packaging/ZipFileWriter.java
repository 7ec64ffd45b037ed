package heyi.recording.packaging;

import heyi.recording.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes a ZIP as {@link ZipLayout} has it. <b>Threads:</b> one; blocks. <b>Bounds:</b> holds one
 * buffer, never an entry.
 */
public final class ZipFileWriter implements AutoCloseable {
  private static final int COPY_BYTES = 256 * 1024;

  private final FileChannel file;
  private final List<ZipLayout.Entry> entries = new ArrayList<>();

  private ZipFileWriter(FileChannel file) {
    this.file = file;
  }

  /**
   * Makes the file, or empties it.
   *
   * @throws IOException when the disk refuses
   */
  public static ZipFileWriter create(Path file) throws IOException {
    return new ZipFileWriter(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE));
  }

  /**
   * Appends an entry.
   *
   * @param size how many bytes the content has
   * @return hash of what was written
   * @throws IOException when the disk refuses or the content has another size
   */
  public Sha256 add(String name, long size, InputStream content) throws IOException {
    long offset = file.position();
    int header = ZipLayout.localHeader(new ZipLayout.Entry(name, 0, size, offset)).length;
    file.position(offset + header);
    MessageDigest digest = Sha256.digest();
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[COPY_BYTES];
    long written = 0;
    int read = content.read(buffer);
    while (read >= 0) {
      digest.update(buffer, 0, read);
      crc.update(buffer, 0, read);
      writeAll(ByteBuffer.wrap(buffer, 0, read));
      written += read;
      read = content.read(buffer);
    }
    if (written != size) {
      throw new IOException(name + " should have " + size + " bytes but has " + written);
    }
    ZipLayout.Entry entry = new ZipLayout.Entry(name, crc.getValue(), size, offset);
    long end = file.position();
    file.position(offset);
    writeAll(ByteBuffer.wrap(ZipLayout.localHeader(entry)));
    file.position(end);
    entries.add(entry);
    return Sha256.ofDigest(digest.digest());
  }

  /**
   * Appends the directory; nothing may be added after it.
   *
   * @throws IOException when the disk refuses
   */
  public void finish() throws IOException {
    writeAll(ByteBuffer.wrap(ZipLayout.directory(entries, file.position())));
    file.force(true);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }
}
