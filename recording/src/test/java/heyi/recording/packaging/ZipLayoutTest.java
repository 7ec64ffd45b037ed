package heyi.recording.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is laid out is a ZIP to others, small or beyond four gigabytes. */
final class ZipLayoutTest {
  private static final long FIVE_GIB = 5L << 30;
  private static final byte[] SMALL = "small".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;

  @Test
  void othersReadWhatIsWritten() throws IOException {
    Path file = directory.resolve("small.zip");
    try (ZipFileWriter zip = ZipFileWriter.create(file)) {
      zip.add("first.txt", SMALL.length, new ByteArrayInputStream(SMALL));
      zip.add("文书/second.txt", 0, new ByteArrayInputStream(new byte[0]));
      zip.finish();
    }

    try (ZipFile read = new ZipFile(file.toFile())) {
      assertThat(read.stream().map(ZipEntry::getName))
          .containsExactly("first.txt", "文书/second.txt");
      assertThat(read.getInputStream(read.getEntry("first.txt")).readAllBytes()).isEqualTo(SMALL);
    }
  }

  @Test
  @DisplayName("APPNOTE 4.5.3: sizes and positions beyond 32 bits")
  void beyondFourGigabytesItIsZip64() throws IOException {
    CRC32 crc = new CRC32();
    crc.update(SMALL);
    ZipLayout.Entry big = new ZipLayout.Entry("big.webm", 0, FIVE_GIB, 0);
    long behind = ZipLayout.localHeader(big).length + FIVE_GIB;
    ZipLayout.Entry far = new ZipLayout.Entry("far.txt", crc.getValue(), SMALL.length, behind);
    byte[] farHeader = ZipLayout.localHeader(far);
    long end = behind + farHeader.length + SMALL.length;
    Path file = directory.resolve("sparse.zip");
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(ZipLayout.localHeader(big)), 0);
      out.write(ByteBuffer.wrap(farHeader), behind);
      out.write(ByteBuffer.wrap(SMALL), behind + farHeader.length);
      out.write(ByteBuffer.wrap(ZipLayout.directory(List.of(big, far), end)), end);
    }

    try (ZipFile read = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = read.entries();
      assertThat(entries.nextElement().getSize()).isEqualTo(FIVE_GIB);
      assertThat(read.getInputStream(entries.nextElement()).readAllBytes()).isEqualTo(SMALL);
    }
  }
}
