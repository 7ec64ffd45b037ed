package heyi.recording.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.SourceName;
import heyi.recording.RecordedSource;
import heyi.recording.RecordingId;
import heyi.recording.Sha256;
import heyi.recording.ledger.CanonicalJson;
import java.util.Collection;

/**
 * The facts that META records hold. Every chunk starts with {@code chunk-start}, which repeats all
 * sources known so far: each chunk can be read alone.
 */
public final class JournalMeta {
  /** First record of each chunk. */
  public static final String CHUNK_START = "chunk-start";

  /** A source is published. */
  public static final String SOURCE_ADDED = "source-added";

  /** A source is gone. */
  public static final String SOURCE_REMOVED = "source-removed";

  /** Packets were received and could not be kept. */
  public static final String JOURNAL_GAP = "journal-gap";

  private JournalMeta() {}

  /** First record of a chunk. */
  public static ObjectNode chunkStart(
      RecordingId id, int chunk, Sha256 previous, Collection<RecordedSource> sources) {
    ObjectNode json = of(CHUNK_START);
    json.put("recordingId", id.value());
    json.put("chunk", chunk);
    json.put("previous", previous.hex());
    ArrayNode array = json.putArray("sources");
    sources.forEach(source -> array.add(SourceMeta.toJson(source)));
    return json;
  }

  /** A source is published. */
  public static ObjectNode sourceAdded(RecordedSource source) {
    ObjectNode json = of(SOURCE_ADDED);
    json.set("source", SourceMeta.toJson(source));
    return json;
  }

  /** A source is gone. */
  public static ObjectNode sourceRemoved(SourceName source) {
    return of(SOURCE_REMOVED).put("name", source.value());
  }

  /** Packets were received and could not be kept. */
  public static ObjectNode journalGap(JournalBuffer.Dropped dropped) {
    ObjectNode json = of(JOURNAL_GAP);
    json.put("cause", "journal-overflow");
    json.put("packets", dropped.records());
    json.put("bytes", dropped.bytes());
    json.put("fromMillis", dropped.firstNanos() / 1_000_000);
    json.put("toMillis", dropped.lastNanos() / 1_000_000);
    return json;
  }

  private static ObjectNode of(String type) {
    return CanonicalJson.object().put("type", type);
  }
}
