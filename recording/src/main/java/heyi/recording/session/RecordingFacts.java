package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.ConferenceId;
import heyi.recording.ObjectKey;
import heyi.recording.RecordingClass;
import heyi.recording.RecordingId;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerDamage;
import heyi.recording.packaging.StoreLayout;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What a recording is, as its spool remembers it across a kill.
 *
 * @param id its name
 * @param sessionId the session of the case
 * @param recordingClass who may open it
 * @param conference that was joined
 * @param start wall clock time of zero on the session clock
 */
record RecordingFacts(
    RecordingId id,
    String sessionId,
    RecordingClass recordingClass,
    ConferenceId conference,
    Instant start) {
  ObjectKey root() {
    return StoreLayout.root(recordingClass, id);
  }

  /** Whether an object is part of the recording. */
  boolean owns(ObjectKey key) {
    return key.value().startsWith(root().value() + "/");
  }

  ObjectNode toJson() {
    ObjectNode json = CanonicalJson.object();
    json.put("recordingId", id.value());
    json.put("sessionId", sessionId);
    json.put("class", recordingClass.name());
    json.put("conference", conference.value());
    json.put("startedAt", start.toString());
    return json;
  }

  static RecordingFacts read(byte[] bytes) throws LedgerDamage {
    ObjectNode json = CanonicalJson.read(bytes);
    try {
      return new RecordingFacts(
          new RecordingId(json.path("recordingId").asText()),
          json.path("sessionId").asText(),
          RecordingClass.valueOf(json.path("class").asText()),
          new ConferenceId(json.path("conference").asText()),
          Instant.parse(json.path("startedAt").asText()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new LedgerDamage("recording.json has a wrong value: " + e.getMessage());
    }
  }
}
