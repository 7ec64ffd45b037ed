package heyi.recording.mux;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.MediaKind;
import heyi.media.SourceName;
import heyi.recording.PixelSize;
import heyi.recording.Sha256;
import heyi.recording.SpeechSpan;
import heyi.recording.TrackId;
import heyi.recording.ledger.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One playable file, as the worker reports it.
 *
 * @param id its name
 * @param seatId the seat that sent it
 * @param label the role of the seat
 * @param kind audio or video
 * @param source the media source
 * @param sizeBytes of the file
 * @param sha256 of the file; {@link Sha256#NONE} until whoever ran the worker has hashed it
 * @param offsetMillis of the first frame on the session clock
 * @param durationMillis from the first frame to the end of the last
 * @param size of the picture, null for audio
 * @param clock {@code sender-reports}, or {@code arrival} when there were none
 * @param gaps where nothing can be played though the source existed
 * @param speech when it was heard to speak; empty for video
 */
public record MadeTrack(
    TrackId id,
    String seatId,
    String label,
    MediaKind kind,
    SourceName source,
    long sizeBytes,
    Sha256 sha256,
    long offsetMillis,
    long durationMillis,
    @Nullable PixelSize size,
    String clock,
    List<Gap> gaps,
    List<SpeechSpan> speech) {
  /** File name extension and media type of every track. */
  private static final String SUFFIX = ".webm";

  /** Copies the lists. */
  public MadeTrack {
    gaps = List.copyOf(gaps);
    speech = List.copyOf(speech);
  }

  /**
   * A hole in a track, on the session clock.
   *
   * @param fromMillis end of the last frame before it
   * @param toMillis start of the first frame after it
   */
  public record Gap(long fromMillis, long toMillis) {}

  /** The same with the hash of its file. */
  MadeTrack hashed(Sha256 hash) {
    return new MadeTrack(
        id,
        seatId,
        label,
        kind,
        source,
        sizeBytes,
        hash,
        offsetMillis,
        durationMillis,
        size,
        clock,
        gaps,
        speech);
  }

  /** File name in the spool, the store and the package. */
  public String fileName() {
    return id.value() + SUFFIX;
  }

  /** Media type. */
  public String contentType() {
    return kind == MediaKind.AUDIO ? "audio/webm" : "video/webm";
  }

  /** As JSON, for the ledger and the manifest. */
  public ObjectNode toJson() {
    ObjectNode json = CanonicalJson.object();
    json.put("trackId", id.value());
    json.put("seatId", seatId);
    json.put("label", label);
    json.put("kind", kind == MediaKind.AUDIO ? "audio" : "video");
    json.put("source", source.value());
    json.put("sizeBytes", sizeBytes);
    json.put("sha256", sha256.hex());
    json.put("contentType", contentType());
    json.put("offsetMillis", offsetMillis);
    json.put("durationMillis", durationMillis);
    if (size != null) {
      json.put("width", size.width());
      json.put("height", size.height());
    }
    json.put("clock", clock);
    ArrayNode array = json.putArray("gaps");
    gaps.forEach(
        gap ->
            array.addObject().put("fromMillis", gap.fromMillis()).put("toMillis", gap.toMillis()));
    if (!speech.isEmpty()) {
      // Pairs, not objects: a long session has a thousand, and a ledger line must hold them.
      ArrayNode pairs = json.putArray("speechMillis");
      speech.forEach(span -> pairs.add(span.fromMillis()).add(span.toMillis()));
    }
    return json;
  }

  /**
   * From JSON.
   *
   * @throws IllegalArgumentException when a value is missing or wrong
   */
  public static MadeTrack ofJson(JsonNode json) {
    List<Gap> gaps = new ArrayList<>();
    for (JsonNode gap : json.path("gaps")) {
      gaps.add(new Gap(gap.path("fromMillis").asLong(), gap.path("toMillis").asLong()));
    }
    List<SpeechSpan> speech = new ArrayList<>();
    JsonNode pairs = json.path("speechMillis");
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      speech.add(new SpeechSpan(pairs.get(i).asLong(), pairs.get(i + 1).asLong()));
    }
    PixelSize size =
        json.has("width")
            ? new PixelSize(json.path("width").asInt(), json.path("height").asInt())
            : null;
    return new MadeTrack(
        new TrackId(json.path("trackId").asText()),
        json.path("seatId").asText(),
        json.path("label").asText(),
        json.path("kind").asText().equals("audio") ? MediaKind.AUDIO : MediaKind.VIDEO,
        new SourceName(json.path("source").asText()),
        json.path("sizeBytes").asLong(-1),
        new Sha256(json.path("sha256").asText()),
        json.path("offsetMillis").asLong(),
        json.path("durationMillis").asLong(),
        size,
        json.path("clock").asText(),
        gaps,
        speech);
  }
}
