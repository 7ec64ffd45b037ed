package heyi.server.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.store.ObjectStore;
import heyi.server.casefile.CaseFile;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.identity.User;
import heyi.server.sql.Blocking;
import heyi.server.timeline.TimelineStore;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;

/**
 * Replaying a session and taking its evidence away, as {@link RecordingRights} permits.
 *
 * <p>Every opening and every download is written to the audit log, and of a sealed recording to its
 * access ledger, before the first byte leaves.
 */
public final class ReplayRoutes implements Routes {
  private final RecordingRights rights;
  private final RecordingStore recordings;
  private final TimelineStore timeline;
  private final AuditLog audit;
  private final SealRecords seals;
  private final ObjectStore objects;
  private final PackageFiles packages;
  private final Blocking blocking;

  /** Uses the stores. */
  public ReplayRoutes(
      RecordingRights rights,
      RecordingStore recordings,
      TimelineStore timeline,
      AuditLog audit,
      SealRecords seals,
      ObjectStore objects,
      PackageFiles packages,
      Blocking blocking) {
    this.rights = rights;
    this.recordings = recordings;
    this.timeline = timeline;
    this.audit = audit;
    this.seals = seals;
    this.objects = objects;
    this.packages = packages;
    this.blocking = blocking;
  }

  @Override
  public void register(Api api) {
    api.get("/api/sessions/:sessionId", Access.USER, this::open);
    api.get("/api/sessions/:sessionId/seal", Access.USER, this::seal);
    api.get("/api/sessions/:sessionId/tracks/:trackId", Access.USER, this::track);
    api.get("/api/sessions/:sessionId/package", Access.USER, this::download);
  }

  private Future<Reply> open(Call call) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    return blocking.call(
        () -> {
          CaseFile caseFile = rights.replayed(user, session);
          audit.record(user.id(), "replay-opened", session, detail());
          RecordingStore.Sealed kept = recordings.sealed(session);
          if (kept != null) {
            seals.looked(kept.recordingId(), user, "replay-opened");
          }
          return Reply.ok(
              ReplayJson.of(
                  caseFile, session, kept, recordings.tracks(session), timeline.of(session)));
        });
  }

  /**
   * By itself: signature, stamp and log are checked for it, and no picture should wait for that.
   */
  private Future<Reply> seal(Call call) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    return blocking.call(
        () -> {
          rights.replayed(user, session);
          RecordingStore.Sealed kept = recordings.sealed(session);
          SealRecords.Seal seal = kept == null ? null : seals.of(kept.recordingId());
          if (seal == null) {
            throw Problem.conflict("not-sealed", "The recording of this session is not sealed.");
          }
          return Reply.ok(SealJson.of(seal));
        });
  }

  private static ObjectNode detail() {
    return JsonNodeFactory.instance.objectNode();
  }

  private Future<Reply> track(Call call) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    String trackId = call.path("trackId");
    RangedObject.Asked asked = RangedObject.Asked.by(call);
    return blocking.call(
        () -> {
          SessionState state = rights.played(user, session);
          TrackFile track = recordings.track(session, trackId);
          if (track == null) {
            throw noTrack(state);
          }
          return track
              .object()
              .reply(asked.within(track.pieceBytes(), track.pace()), objects, blocking);
        });
  }

  /** While people talk, or the evidence is sealed, there is no track yet: that is no mistake. */
  private static Problem noTrack(SessionState state) {
    return switch (state) {
      case LIVE, SEALING ->
          Problem.conflict("still-recording", "The session is recorded; its tracks come later.");
      case SCHEDULED, SEALED, DISPOSED, FAILED -> Problem.notFound("track");
    };
  }

  private Future<Reply> download(Call call) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    return blocking
        .call(
            () -> {
              rights.downloaded(user, session);
              RecordingStore.Sealed kept = recordings.sealed(session);
              if (kept == null) {
                throw Problem.conflict(
                    "not-sealed", "The recording of this session is not sealed.");
              }
              audit.record(user.id(), "package-downloaded", session, detail());
              seals.looked(kept.recordingId(), user, "package-exported");
              return kept.recordingId();
            })
        .compose(recordingId -> packages.of(session, recordingId))
        .map(file -> zip(session, file));
  }

  private static Reply zip(SessionId session, Path file) {
    return new Reply.Streamed(response -> send(session, file, response));
  }

  private static Future<Void> send(SessionId session, Path file, HttpServerResponse response) {
    return response
        .putHeader("Content-Type", "application/zip")
        .putHeader(
            "Content-Disposition",
            "attachment; filename=\"heyi-evidence-" + session.value() + ".zip\"")
        .sendFile(file.toString());
  }
}
