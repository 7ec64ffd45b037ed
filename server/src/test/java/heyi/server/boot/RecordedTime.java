package heyi.server.boot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.journal.JournalReader;
import heyi.recording.journal.JournalRecord;
import heyi.recording.journal.RecordKind;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerReader;
import heyi.recording.packaging.RecordingEvents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * When packets were recorded, and what the ledger says of the times when none were: read from an
 * evidence package, as a stranger would.
 *
 * @param packetMillis arrival of every RTP packet, rising
 * @param ledger all entries
 */
record RecordedTime(List<Long> packetMillis, List<LedgerEntry> ledger) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A time without any packet. */
  record Hole(long fromMillis, long toMillis) {}

  static RecordedTime of(Path zip) throws IOException {
    List<Long> packets = new ArrayList<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : file.stream().filter(e -> e.getName().endsWith(".journal")).toList()) {
        packets(read(file, entry), packets);
      }
      byte[] ledger =
          read(
              file,
              file.stream()
                  .filter(e -> e.getName().endsWith("ledger.jsonl"))
                  .findFirst()
                  .orElseThrow());
      List<LedgerEntry> entries = LedgerReader.read(ledger).entries();
      return new RecordedTime(packets.stream().sorted().toList(), entries);
    }
  }

  private static void packets(byte[] chunk, List<Long> packets) throws IOException {
    JournalReader reader = JournalReader.of(chunk);
    Optional<JournalRecord> record = reader.next();
    while (record.isPresent()) {
      if (record.get().kind() == RecordKind.RTP) {
        packets.add(record.get().sessionNanos() / NANOS_PER_MILLI);
      }
      record = reader.next();
    }
  }

  private static byte[] read(ZipFile file, ZipEntry entry) throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  /** The times of at least this length in which no packet came. */
  List<Hole> holes(long atLeastMillis) {
    List<Hole> holes = new ArrayList<>();
    for (int i = 1; i < packetMillis.size(); i++) {
      if (packetMillis.get(i) - packetMillis.get(i - 1) >= atLeastMillis) {
        holes.add(new Hole(packetMillis.get(i - 1), packetMillis.get(i)));
      }
    }
    return holes;
  }

  /** The gaps that the ledger tells, with this cause. */
  List<ObjectNode> gaps(String cause) {
    return ledger.stream()
        .filter(entry -> entry.type().equals(RecordingEvents.GAP))
        .map(LedgerEntry::payload)
        .filter(gap -> gap.path("cause").asText().equals(cause))
        .toList();
  }

  /** The steps of the wall clock that the ledger tells. */
  List<ObjectNode> jumps() {
    return ledger.stream()
        .filter(entry -> entry.type().equals(RecordingEvents.CLOCK_JUMP))
        .map(LedgerEntry::payload)
        .toList();
  }

  /** When the last packet came that was recorded before. */
  long lastPacketBefore(long millis) {
    return packetMillis.stream()
        .mapToLong(Long::longValue)
        .filter(packet -> packet <= millis)
        .max()
        .orElse(0);
  }

  /**
   * Whether the ledger tells why nothing came: a gap, or a rest, that begins where the hole does.
   *
   * @param tolerance how far the two may be apart: what may be lost
   */
  boolean explained(Hole hole, long tolerance) {
    return ledger.stream().anyMatch(entry -> explains(entry, hole, tolerance));
  }

  private static boolean explains(LedgerEntry entry, Hole hole, long tolerance) {
    return switch (entry.type()) {
      case RecordingEvents.GAP -> {
        long from = entry.payload().path("fromMillis").asLong();
        long to = entry.payload().path("toMillis").asLong();
        yield Math.abs(from - hole.fromMillis()) <= tolerance && to > hole.fromMillis();
      }
      case RecordingEvents.PAUSED ->
          Math.abs(entry.offset().toMillis() - hole.fromMillis()) <= tolerance;
      default -> false;
    };
  }

  /**
   * A moment of the server's wall clock on the session clock: counted from the last entry before
   * it, because the wall clock may have been set in between.
   */
  long millisOf(Instant moment) {
    LedgerEntry before =
        ledger.stream()
            .filter(entry -> !entry.at().isAfter(moment))
            .min(Comparator.comparing(entry -> Duration.between(entry.at(), moment)))
            .orElseThrow();
    return before.offset().plus(Duration.between(before.at(), moment)).toMillis();
  }
}
