package heyi.server.replay;

import heyi.recording.ObjectKey;
import heyi.recording.RecordingId;
import heyi.recording.chunk.Spool;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoredObject;
import heyi.server.casefile.SessionId;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.identity.User;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;

/**
 * Ledger and original chunks of a sealed recording, byte for byte, for whoever replays it: his page
 * hashes them itself and compares, so that it need not believe this server.
 *
 * <p>Opening the replay was written down by {@link ReplayRoutes} already.
 */
public final class OriginalRoutes implements Routes {
  private static final String NUMBER = "\\d{1,7}";

  private final RecordingRights rights;
  private final RecordingStore recordings;
  private final SealRecords seals;
  private final ObjectStore objects;
  private final Blocking blocking;

  /** Uses the stores. */
  public OriginalRoutes(
      RecordingRights rights,
      RecordingStore recordings,
      SealRecords seals,
      ObjectStore objects,
      Blocking blocking) {
    this.rights = rights;
    this.recordings = recordings;
    this.seals = seals;
    this.objects = objects;
    this.blocking = blocking;
  }

  @Override
  public void register(Api api) {
    api.get("/api/sessions/:sessionId/ledger", Access.USER, this::ledger);
    api.get("/api/sessions/:sessionId/chunks/:number", Access.USER, this::chunk);
  }

  private Future<Reply> ledger(Call call) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    RangedObject.Asked asked = RangedObject.Asked.by(call);
    return blocking.call(
        () -> reply(StoreLayout.ledger(root(user, session)), "application/jsonl", "ledger", asked));
  }

  private Future<Reply> chunk(Call call) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    String number = call.path("number");
    RangedObject.Asked asked = RangedObject.Asked.by(call);
    return blocking.call(
        () -> {
          ObjectKey root = root(user, session);
          if (!number.matches(NUMBER)) {
            throw Problem.notFound("chunk");
          }
          ObjectKey key = StoreLayout.chunks(root).child(Spool.chunkName(Integer.parseInt(number)));
          return reply(key, "application/octet-stream", "chunk", asked);
        });
  }

  private ObjectKey root(User user, SessionId session) {
    rights.replayed(user, session);
    RecordingStore.Sealed kept = recordings.sealed(session);
    if (kept == null) {
      throw Problem.conflict("not-sealed", "The recording of this session is not sealed.");
    }
    return seals.root(new RecordingId(kept.recordingId()));
  }

  private Reply reply(ObjectKey key, String contentType, String what, RangedObject.Asked asked) {
    StoredObject stored = objects.stat(key).orElseThrow(() -> Problem.notFound(what));
    return new RangedObject(
            key.value(), contentType, stored.sizeBytes(), stored.sha256().toString())
        .reply(asked, objects, blocking);
  }
}
