package heyi.recording.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.Sha256;
import heyi.recording.Sm3;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerReader;
import heyi.recording.mux.MadeTrack;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Table of contents of a sealed recording. It is a function of the ledger alone: anyone can make it
 * again and compare.
 *
 * @param id the recording
 * @param sessionId the session of the case
 * @param recordingClass who may open it
 * @param start wall clock time of zero on the session clock
 * @param durationMillis of the recording
 * @param interrupted whether the server died meanwhile
 * @param chunks the journal, in order
 * @param tracks playable files
 * @param ledger the ledger that it was made from
 */
public record Manifest(
    RecordingId id,
    String sessionId,
    RecordingClass recordingClass,
    Instant start,
    long durationMillis,
    boolean interrupted,
    List<SealedChunk> chunks,
    List<MadeTrack> tracks,
    LedgerFacts ledger) {
  private static final String FORMAT = "heyi-evidence-2";

  /** Copies the lists. */
  public Manifest {
    chunks = List.copyOf(chunks);
    tracks = List.copyOf(tracks);
  }

  /**
   * What the manifest says of the ledger.
   *
   * @param entries how many
   * @param sizeBytes of the file
   * @param sha256 of the file
   * @param lastHash hash of the last entry
   * @param rootHash Merkle root over all entries
   * @param sm3 of the file
   * @param rootSm3 Merkle root over all entries, with SM3
   */
  public record LedgerFacts(
      long entries,
      long sizeBytes,
      Sha256 sha256,
      Sha256 lastHash,
      Sha256 rootHash,
      Sm3 sm3,
      Sm3 rootSm3) {}

  /**
   * Makes the manifest of a sealed ledger.
   *
   * @throws LedgerDamage when the ledger is damaged or not sealed
   */
  public static Manifest ofLedger(byte[] file) throws LedgerDamage {
    LedgerReader.Content content = LedgerReader.read(file);
    if (!content.whole()) {
      throw new LedgerDamage(content.damage());
    }
    List<LedgerEntry> entries = content.entries();
    if (entries.size() < 2
        || !entries.getFirst().type().equals(RecordingEvents.STARTED)
        || !entries.getLast().type().equals(RecordingEvents.SEALED)) {
      throw new LedgerDamage("the ledger does not go from recording-started to recording-sealed");
    }
    ObjectNode started = entries.getFirst().payload();
    ObjectNode sealed = entries.getLast().payload();
    List<SealedChunk> chunks = new ArrayList<>();
    List<MadeTrack> tracks = new ArrayList<>();
    try {
      for (LedgerEntry entry : entries) {
        if (entry.type().equals(SealedChunk.EVENT_TYPE)) {
          chunks.add(SealedChunk.ofJson(entry.payload()));
        } else if (entry.type().equals(RecordingEvents.TRACK_MADE)) {
          tracks.add(MadeTrack.ofJson(entry.payload()));
        }
      }
      return new Manifest(
          new RecordingId(started.path("recordingId").asText()),
          started.path("sessionId").asText(),
          RecordingClass.valueOf(started.path("class").asText()),
          Instant.parse(started.path("startedAt").asText()),
          sealed.path("durationMillis").asLong(),
          sealed.path("interrupted").asBoolean(),
          chunks,
          tracks,
          new LedgerFacts(
              entries.size(),
              file.length,
              Sha256.of(file),
              content.lastHash(),
              content.root(),
              Sm3.of(file),
              content.rootSm3()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new LedgerDamage("an entry has a wrong value: " + e.getMessage());
    }
  }

  /** The one spelling of it. */
  public byte[] write() {
    ObjectNode json = CanonicalJson.object();
    json.put("format", FORMAT);
    json.put("recordingId", id.value());
    json.put("sessionId", sessionId);
    json.put("class", recordingClass.name());
    json.put("startedAt", start.toString());
    json.put("durationMillis", durationMillis);
    json.put("interrupted", interrupted);
    ArrayNode chunkArray = json.putArray("chunks");
    chunks.forEach(chunk -> chunkArray.add(chunk.toJson().put("name", chunk.name())));
    ArrayNode trackArray = json.putArray("tracks");
    tracks.forEach(track -> trackArray.add(track.toJson().put("name", track.fileName())));
    ObjectNode ledgerJson = json.putObject("ledger");
    ledgerJson.put("entries", ledger.entries());
    ledgerJson.put("sizeBytes", ledger.sizeBytes());
    ledgerJson.put("sha256", ledger.sha256().hex());
    ledgerJson.put("lastHash", ledger.lastHash().hex());
    ledgerJson.put("rootHash", ledger.rootHash().hex());
    ledgerJson.put("sm3", ledger.sm3().hex());
    ledgerJson.put("rootSm3", ledger.rootSm3().hex());
    return CanonicalJson.write(json);
  }

  /**
   * Reads a manifest.
   *
   * @throws LedgerDamage when it is not one
   */
  public static Manifest read(byte[] bytes) throws LedgerDamage {
    ObjectNode json = CanonicalJson.read(bytes);
    if (!json.path("format").asText().equals(FORMAT)) {
      throw new LedgerDamage("not a manifest of the format " + FORMAT);
    }
    try {
      List<SealedChunk> chunks = new ArrayList<>();
      for (JsonNode chunk : json.path("chunks")) {
        chunks.add(SealedChunk.ofJson(object(chunk)));
      }
      List<MadeTrack> tracks = new ArrayList<>();
      for (JsonNode track : json.path("tracks")) {
        tracks.add(MadeTrack.ofJson(track));
      }
      JsonNode ledger = json.path("ledger");
      return new Manifest(
          new RecordingId(json.path("recordingId").asText()),
          json.path("sessionId").asText(),
          RecordingClass.valueOf(json.path("class").asText()),
          Instant.parse(json.path("startedAt").asText()),
          json.path("durationMillis").asLong(),
          json.path("interrupted").asBoolean(),
          chunks,
          tracks,
          new LedgerFacts(
              ledger.path("entries").asLong(),
              ledger.path("sizeBytes").asLong(),
              new Sha256(ledger.path("sha256").asText()),
              new Sha256(ledger.path("lastHash").asText()),
              new Sha256(ledger.path("rootHash").asText()),
              new Sm3(ledger.path("sm3").asText()),
              new Sm3(ledger.path("rootSm3").asText())));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new LedgerDamage("the manifest has a wrong value: " + e.getMessage());
    }
  }

  private static ObjectNode object(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("not an object");
  }
}
