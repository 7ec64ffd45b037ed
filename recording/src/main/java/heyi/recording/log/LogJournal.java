package heyi.recording.log;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The entries of the log on this machine, in their order; each append is on the disk when it
 * returns. A kill tears at most the last one, which the next start cuts off.
 *
 * <pre>
 * entry  = length (2 bytes, big-endian) content CRC-32C (4 bytes, over both)
 * </pre>
 *
 * <p><b>Threads:</b> one; blocks on the disk.
 */
final class LogJournal implements AutoCloseable {
  static final int MAX_ENTRY_BYTES = 0xFFFF;
  private static final int CRC_BYTES = 4;

  private final FileChannel file;

  private LogJournal(FileChannel file) {
    this.file = file;
  }

  /** Opens it and tells every entry that is whole. */
  static LogJournal open(Path path, Consumer<byte[]> entries) throws IOException {
    long good = Files.exists(path) ? replay(path, entries) : 0;
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    file.truncate(good);
    file.position(good);
    return new LogJournal(file);
  }

  /** Gives back where the last whole entry ends. */
  private static long replay(Path path, Consumer<byte[]> entries) throws IOException {
    long good = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
      while (true) {
        int length = in.readUnsignedShort();
        byte[] content = new byte[length];
        in.readFully(content);
        if (in.readInt() != checksum(content)) {
          return good;
        }
        entries.accept(content);
        good += Short.BYTES + length + CRC_BYTES;
      }
    } catch (EOFException e) {
      return good;
    }
  }

  void append(byte[] content) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(Short.BYTES + content.length + CRC_BYTES);
    out.putShort((short) content.length).put(content).putInt(checksum(content)).flip();
    while (out.hasRemaining()) {
      file.write(out);
    }
    file.force(false);
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content.length >> Byte.SIZE);
    crc.update(content.length);
    crc.update(content);
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
