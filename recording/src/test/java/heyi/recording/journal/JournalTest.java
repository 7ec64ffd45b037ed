package heyi.recording.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read, up to where a kill or a disk has damaged it. */
final class JournalTest {
  private static final int PACKETS = 5;
  private static final int PACKET_BYTES = 40;

  @TempDir private Path directory;

  @Test
  void packetsComeBackAsTheyWere() throws IOException {
    JournalReader reader = JournalReader.of(fivePackets());

    List<JournalRecord> records = readAll(reader);

    assertThat(reader.chunkNumber()).isEqualTo(7);
    assertThat(reader.damage()).isEmpty();
    assertThat(records).hasSize(PACKETS);
    assertThat(records.get(3).kind()).isEqualTo(RecordKind.RTP);
    assertThat(records.get(3).sessionNanos()).isEqualTo(3_000);
    assertThat(records.get(3).wallMicros()).isEqualTo(1_000_003);
    assertThat(records.get(3).payloadBytes()).isEqualTo(packet(3));
  }

  @Test
  void aFileTornAtAnyByteGivesEveryWholeRecord() throws IOException {
    byte[] whole = fivePackets();
    int record = RecordFormat.RECORD_HEADER_BYTES + PACKET_BYTES;
    for (int size = RecordFormat.FILE_HEADER_BYTES; size < whole.length; size++) {
      JournalReader reader = JournalReader.of(Arrays.copyOf(whole, size));

      int wholeRecords = (size - RecordFormat.FILE_HEADER_BYTES) / record;
      assertThat(readAll(reader)).as("cut at %d", size).hasSize(wholeRecords);
      assertThat(reader.validBytes())
          .isEqualTo(RecordFormat.FILE_HEADER_BYTES + (long) wholeRecords * record);
      boolean torn = (size - RecordFormat.FILE_HEADER_BYTES) % record != 0;
      assertThat(reader.damage().isPresent()).isEqualTo(torn);
    }
  }

  @Test
  void aChangedByteIsFoundInItsRecord() throws IOException {
    byte[] whole = fivePackets();
    int record = RecordFormat.RECORD_HEADER_BYTES + PACKET_BYTES;
    for (int at = RecordFormat.FILE_HEADER_BYTES; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x20;
      JournalReader reader = JournalReader.of(changed);

      int good = (at - RecordFormat.FILE_HEADER_BYTES) / record;
      assertThat(readAll(reader)).as("flip at %d", at).hasSize(good);
      assertThat(reader.damage()).isPresent();
    }
  }

  @Test
  void aFileWithoutItsHeaderIsNotAJournal() {
    assertThatThrownBy(() -> JournalReader.of(new byte[10])).isInstanceOf(JournalDamage.class);
    assertThatThrownBy(() -> JournalReader.of(new byte[100])).isInstanceOf(JournalDamage.class);
  }

  @Test
  void whatDoesNotFitIsCountedNotSilentlyLost() {
    JournalBuffer buffer = new JournalBuffer(2 * (RecordFormat.RECORD_HEADER_BYTES + PACKET_BYTES));
    for (int i = 0; i < PACKETS; i++) {
      boolean kept = buffer.offer(RecordKind.RTP, i * 10L, 0, packet(i), 0, PACKET_BYTES);
      assertThat(kept).isEqualTo(i < 2);
    }

    JournalBuffer.Taken taken = buffer.take();

    assertThat(taken.dropped()).isEqualTo(new JournalBuffer.Dropped(3, 3 * PACKET_BYTES, 20, 40));
    taken.release();
    assertThat(buffer.take().dropped().records()).isZero();
  }

  @Test
  void packetsComeWhileOthersAreWritten() {
    JournalBuffer buffer = new JournalBuffer(1024);
    buffer.offer(RecordKind.RTP, 1, 0, packet(1), 0, PACKET_BYTES);
    JournalBuffer.Taken writing = buffer.take();
    buffer.offer(RecordKind.RTP, 2, 0, packet(2), 0, PACKET_BYTES);

    int size = RecordFormat.RECORD_HEADER_BYTES + PACKET_BYTES;
    assertThat(writing.records().remaining()).isEqualTo(size);
    writing.release();
    assertThat(buffer.take().records().remaining()).isEqualTo(size);
  }

  private byte[] fivePackets() throws IOException {
    Path file = directory.resolve("chunk");
    Files.deleteIfExists(file);
    JournalBuffer buffer = new JournalBuffer(4096);
    try (JournalWriter writer = JournalWriter.create(file, 7)) {
      for (int i = 0; i < PACKETS; i++) {
        buffer.offer(RecordKind.RTP, i * 1000L, 1_000_000 + i, packet(i), 0, PACKET_BYTES);
      }
      writer.append(buffer.take().records());
      writer.seal();
    }
    return Files.readAllBytes(file);
  }

  private static byte[] packet(int number) {
    return Arrays.copyOf(("packet " + number).getBytes(StandardCharsets.UTF_8), PACKET_BYTES);
  }

  private static List<JournalRecord> readAll(JournalReader reader) {
    List<JournalRecord> records = new ArrayList<>();
    Optional<JournalRecord> record = reader.next();
    while (record.isPresent()) {
      records.add(record.get());
      record = reader.next();
    }
    return records;
  }
}
