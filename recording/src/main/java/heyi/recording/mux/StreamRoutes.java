package heyi.recording.mux;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.RecordedSource;
import heyi.recording.journal.JournalMeta;
import heyi.recording.journal.JournalRecord;
import heyi.recording.journal.SourceMeta;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells to which stream a packet belongs while a journal is read: to the one that was last
 * published under its SSRC.
 */
final class StreamRoutes<T> {
  private final Function<RecordedSource, @Nullable T> streams;
  private final Map<Long, T> bySsrc = new HashMap<>();

  /**
   * Before the first record.
   *
   * @param streams gives the stream of a source, null when its packets are not wanted
   */
  StreamRoutes(Function<RecordedSource, @Nullable T> streams) {
    this.streams = streams;
  }

  /** The stream with this SSRC at this point of the journal. */
  @Nullable T of(long ssrc) {
    return bySsrc.get(ssrc);
  }

  /** Takes a META record. */
  void meta(JournalRecord record) {
    ObjectNode json;
    try {
      json = CanonicalJson.read(record.payloadBytes());
    } catch (LedgerDamage e) {
      throw new MuxException("a checked journal record holds no JSON", e);
    }
    String type = json.path("type").asText();
    if (type.equals(JournalMeta.CHUNK_START)) {
      for (JsonNode source : json.path("sources")) {
        published(SourceMeta.ofJson(source));
      }
    } else if (type.equals(JournalMeta.SOURCE_ADDED)) {
      published(SourceMeta.ofJson(json.path("source")));
    }
  }

  private void published(RecordedSource source) {
    long ssrc = source.source().primary().value();
    T stream = streams.apply(source);
    if (stream == null) {
      bySsrc.remove(ssrc);
    } else {
      bySsrc.put(ssrc, stream);
    }
  }
}
