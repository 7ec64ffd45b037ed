package heyi.recording.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * A journal with bytes cut out and put in anywhere: every record before the damage, nothing wrong.
 */
class DamagedJournalTest {
  private static byte[] whole = new byte[0];
  private static List<byte[]> packets = List.of();

  @BeforeContainer
  static void write() throws IOException {
    Path file = Files.createTempFile("journal", ".chunk");
    Files.delete(file);
    List<byte[]> written = new ArrayList<>();
    JournalBuffer buffer = new JournalBuffer(64 * 1024);
    try (JournalWriter writer = JournalWriter.create(file, 7)) {
      for (int i = 0; i < 20; i++) {
        byte[] packet = new byte[20 + 7 * i];
        Arrays.fill(packet, (byte) i);
        buffer.offer(RecordKind.RTP, i, i, packet, 0, packet.length);
        written.add(packet);
      }
      JournalBuffer.Taken taken = buffer.take();
      writer.append(taken.records());
      taken.release();
    }
    whole = Files.readAllBytes(file);
    packets = List.copyOf(written);
    Files.delete(file);
  }

  @Property(tries = 1000)
  void whatIsReadWasWrittenInThisOrder(
      @ForAll @IntRange(max = 4_000) int at,
      @ForAll @IntRange(max = 100) int cut,
      @ForAll @Size(max = 40) byte[] put) {
    int from = at % whole.length;
    int to = Math.min(from + cut, whole.length);
    byte[] damaged =
        ByteBuffer.allocate(from + put.length + whole.length - to)
            .put(whole, 0, from)
            .put(put)
            .put(whole, to, whole.length - to)
            .array();

    List<byte[]> read = readAll(damaged);

    // A cut from one record's end to another's leaves whole records: the hash of the chunk tells.
    Iterator<byte[]> written = packets.iterator();
    for (byte[] packet : read) {
      assertThat(written).as("written, and after the one before").hasNext();
      while (!Arrays.equals(written.next(), packet)) {
        assertThat(written).as("written, and after the one before").hasNext();
      }
    }
    int untouched = recordsBefore(from);
    assertThat(read).hasSizeGreaterThanOrEqualTo(untouched);
    for (int i = 0; i < untouched; i++) {
      assertThat(read.get(i)).isEqualTo(packets.get(i));
    }
  }

  @Property(tries = 500)
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 300) byte[] bytes) {
    assertThat(readAll(bytes)).isEmpty();
  }

  private static List<byte[]> readAll(byte[] bytes) {
    List<byte[]> read = new ArrayList<>();
    try {
      JournalReader reader = JournalReader.of(bytes);
      Optional<JournalRecord> next = reader.next();
      while (next.isPresent()) {
        read.add(next.get().payloadBytes());
        next = reader.next();
      }
      assertThat(reader.validBytes()).isLessThanOrEqualTo(bytes.length);
    } catch (JournalDamage noHeader) {
      assertThat(noHeader).hasMessageNotContaining("null");
    }
    return read;
  }

  /** How many records end before the byte; none when the header is touched. */
  private static int recordsBefore(int from) {
    int end = RecordFormat.FILE_HEADER_BYTES;
    if (from < end) {
      return 0;
    }
    int records = 0;
    for (byte[] packet : packets) {
      end += RecordFormat.RECORD_HEADER_BYTES + packet.length;
      if (end > from) {
        return records;
      }
      records++;
    }
    return records;
  }
}
