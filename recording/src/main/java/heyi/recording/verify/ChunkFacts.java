package heyi.recording.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.journal.JournalDamage;
import heyi.recording.journal.JournalMeta;
import heyi.recording.journal.JournalReader;
import heyi.recording.journal.JournalRecord;
import heyi.recording.journal.RecordKind;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import java.util.Optional;

/**
 * What a chunk says of itself.
 *
 * @param recordingId as in its first record
 * @param number as in its header
 * @param previous hash of the chunk before, as in its first record
 * @param packets how many packets it holds
 * @param damage why it could not be read to its end, empty when it could
 */
record ChunkFacts(String recordingId, int number, String previous, long packets, String damage) {
  static ChunkFacts of(byte[] bytes) {
    String recordingId = "";
    String previous = "";
    int number = -1;
    long packets = 0;
    try {
      JournalReader reader = JournalReader.of(bytes);
      number = reader.chunkNumber();
      Optional<JournalRecord> record = reader.next();
      if (record.isPresent()) {
        ObjectNode start = start(record.get());
        recordingId = start.path("recordingId").asText();
        previous = start.path("previous").asText();
      }
      while (record.isPresent()) {
        packets += record.get().kind() == RecordKind.META ? 0 : 1;
        record = reader.next();
      }
      return new ChunkFacts(recordingId, number, previous, packets, reader.damage().orElse(""));
    } catch (JournalDamage | LedgerDamage e) {
      return new ChunkFacts(recordingId, number, previous, packets, String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode start(JournalRecord first) throws LedgerDamage {
    if (first.kind() != RecordKind.META) {
      throw new LedgerDamage("the first record is not a META record");
    }
    ObjectNode json = CanonicalJson.read(first.payloadBytes());
    if (!json.path("type").asText().equals(JournalMeta.CHUNK_START)) {
      throw new LedgerDamage("the first record is not chunk-start");
    }
    return json;
  }
}
