package heyi.server.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.server.casefile.CaseFile;
import heyi.server.casefile.SessionId;
import heyi.server.timeline.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wire form of a session for the player. */
final class ReplayJson {
  private ReplayJson() {}

  static ObjectNode of(
      CaseFile caseFile,
      SessionId sessionId,
      RecordingStore.@Nullable Sealed kept,
      List<TrackRow> tracks,
      List<TimelineEvent> events) {
    CaseFile.Session session = caseFile.session(sessionId);
    Instant zero = kept == null ? session.startedAt() : kept.startedAt();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sessionId", sessionId.value())
        .put("caseId", caseFile.id().value())
        .put("caseNumber", caseFile.number())
        .put("state", session.state().name());
    if (zero != null) {
      json.put("startedAt", zero.toString());
    }
    json.put("durationMs", kept == null ? 0 : kept.durationMs());
    if (session.rootHash() != null) {
      json.put("rootHash", session.rootHash());
    }
    if (kept != null) {
      json.set("verification", verification(kept.verification()));
    }
    ArrayNode trackArray = json.putArray("tracks");
    tracks.forEach(track -> track(trackArray.addObject(), caseFile, sessionId, track));
    ArrayNode eventArray = json.putArray("events");
    events.forEach(event -> event(eventArray.addObject(), caseFile, zero, event));
    return json;
  }

  private static ObjectNode verification(@Nullable Verification last) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (last == null) {
      return json.put("state", "not-yet");
    }
    return json.put("state", last.findings() == 0 ? "intact" : "damaged")
        .put("at", last.at().toString())
        .put("rootHash", last.rootHash())
        .put("findings", last.findings());
  }

  private static void track(
      ObjectNode json, CaseFile caseFile, SessionId sessionId, TrackRow track) {
    json.put("trackId", track.trackId())
        .put("kind", track.kind())
        .put("seatId", track.seatId())
        .put("label", track.label())
        .put("displayName", caseFile.nameOfSeat(track.seatId()))
        .put("url", "/api/sessions/" + sessionId.value() + "/tracks/" + track.trackId())
        .put("contentType", track.contentType())
        .put("offsetMs", track.offsetMs())
        .put("durationMs", track.durationMs());
    if (track.width() != null && track.height() != null) {
      json.put("width", track.width()).put("height", track.height());
    }
    json.put("sha256", track.sha256());
    ArrayNode speech = json.putArray("speech");
    track.speech().forEach(span -> speech.addArray().add(span.fromMillis()).add(span.toMillis()));
  }

  private static void event(
      ObjectNode json, CaseFile caseFile, @Nullable Instant zero, TimelineEvent event) {
    json.put("atMs", zero == null ? 0 : Duration.between(zero, event.at()).toMillis())
        .put("at", event.at().toString())
        .put("type", event.type());
    String seatId = event.seatId();
    if (seatId != null) {
      json.put("seatId", seatId).put("label", caseFile.nameOfSeat(seatId));
    }
    json.set("data", event.data());
  }
}
