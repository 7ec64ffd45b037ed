package heyi.server.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.composite.CompositeFile;
import heyi.recording.composite.CompositeLayout;
import heyi.recording.store.ObjectStore;
import heyi.server.casefile.SessionId;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.identity.User;
import heyi.server.identity.UserId;
import heyi.server.replay.AuditLog;
import heyi.server.replay.RangedObject;
import heyi.server.replay.RecordingRights;
import heyi.server.replay.RecordingStore;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Films of a session: ask, follow, decide, cancel, play, take away. Who may do what is said by
 * {@link RecordingRights}.
 */
public final class ExportRoutes implements Routes {
  private static final int MAX_REASON = 500;

  /** So many openings are remembered, so that seeking in one film is one line of the audit. */
  private static final int REMEMBERED_OPENINGS = 1000;

  private final RecordingRights rights;
  private final RecordingStore recordings;
  private final ExportStore store;
  private final ExportQueue queue;
  private final AuditLog audit;
  private final ObjectStore objects;
  private final Blocking blocking;
  private final int mostOpen;
  private final Set<Opening> openings =
      Collections.synchronizedSet(Collections.newSetFromMap(new Remembered()));

  private record Opening(UserId user, String export) {}

  private static final class Remembered extends LinkedHashMap<Opening, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Opening, Boolean> eldest) {
      return size() > REMEMBERED_OPENINGS;
    }
  }

  /**
   * What films stand on.
   *
   * @param mostOpen unfinished films; one more is refused
   */
  public record Parts(
      RecordingRights rights,
      RecordingStore recordings,
      ExportStore store,
      ExportQueue queue,
      AuditLog audit,
      ObjectStore objects,
      Blocking blocking,
      int mostOpen) {}

  /** Uses the parts. */
  public ExportRoutes(Parts parts) {
    this.rights = parts.rights();
    this.recordings = parts.recordings();
    this.store = parts.store();
    this.queue = parts.queue();
    this.audit = parts.audit();
    this.objects = parts.objects();
    this.blocking = parts.blocking();
    this.mostOpen = parts.mostOpen();
  }

  @Override
  public void register(Api api) {
    String all = "/api/sessions/:sessionId/exports";
    String one = all + "/:exportId";
    api.get(all, Access.USER, call -> answer(call, this::list));
    api.post(all, Access.USER, call -> answer(call, this::composite));
    api.post(one + "/clips", Access.USER, call -> answer(call, this::clip));
    api.post(one + "/approval", Access.USER, call -> answer(call, this::decide));
    api.post(one + "/cancellation", Access.USER, call -> answer(call, this::cancel));
    api.get(one + "/video", Access.USER, this::play);
    api.get(one + "/download", Access.USER, this::download);
  }

  @FunctionalInterface
  private interface Work {
    /** Blocks. */
    Reply of(User user, SessionId session, Call call, JsonNode body);
  }

  private Future<Reply> answer(Call call, Work work) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    boolean post = call.request().method().name().equals("POST");
    JsonNode body = post ? call.body() : JsonNodeFactory.instance.objectNode();
    return blocking.call(() -> work.of(user, session, call, body));
  }

  private Reply list(User user, SessionId session, Call call, JsonNode body) {
    rights.replayed(user, session);
    return Reply.ok(ExportJson.list(store.of(session), queue, user));
  }

  private Reply composite(User user, SessionId session, Call call, JsonNode body) {
    rights.replayed(user, session);
    CompositeLayout layout = layout(Call.text(body, "layout"));
    JsonNode watermark = body.path("watermark");
    if (!watermark.isBoolean()) {
      throw Problem.malformed("The field 'watermark' must be true or false.");
    }
    RecordingStore.Sealed sealed = recordings.sealed(session);
    if (sealed == null || sealed.durationMs() < 1) {
      throw Problem.conflict("not-sealed", "The recording of this session is not sealed.");
    }
    ExportStore.Request request =
        new ExportStore.Request(
            session,
            null,
            layout,
            watermark.booleanValue() ? user.displayName() : null,
            0,
            sealed.durationMs(),
            null);
    Export export = added(request, user);
    audit.record(user.id(), "composite-requested", session, detail(export));
    queue.wake();
    return Reply.created(ExportJson.one(export, null, user));
  }

  private static CompositeLayout layout(String word) {
    return switch (word) {
      case "grid" -> CompositeLayout.GRID;
      case "speaker" -> CompositeLayout.SPEAKER;
      default -> throw Problem.malformed("The field 'layout' must be 'grid' or 'speaker'.");
    };
  }

  private Reply clip(User user, SessionId session, Call call, JsonNode body) {
    rights.replayed(user, session);
    Export parent = found(session, call);
    if (parent.isClip() || parent.state() != ExportState.DONE) {
      throw Problem.conflict("no-film", "A clip is cut from a finished film of the session.");
    }
    long from = millis(body, "fromMs");
    long to = millis(body, "toMs");
    if (from >= to || to > parent.toMs()) {
      throw Problem.malformed(
          String.format(
              Locale.ROOT, "A clip must lie within 0 and %d ms and have a length.", parent.toMs()));
    }
    String reason = Call.text(body, "reason");
    if (reason.length() > MAX_REASON) {
      throw Problem.malformed("The field 'reason' is longer than " + MAX_REASON + " characters.");
    }
    ExportStore.Request request =
        new ExportStore.Request(
            session, parent.id(), parent.layout(), parent.watermark(), from, to, reason);
    Export export = added(request, user);
    ObjectNode detail =
        detail(export)
            .put("parentId", parent.id())
            .put("fromMs", from)
            .put("toMs", to)
            .put("reason", reason);
    audit.record(user.id(), "clip-requested", session, detail);
    return Reply.created(ExportJson.one(export, null, user));
  }

  private static long millis(JsonNode body, String field) {
    JsonNode value = body.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw Problem.malformed("The field '" + field + "' must be milliseconds, 0 or more.");
    }
    return value.longValue();
  }

  private Export added(ExportStore.Request request, User user) {
    String id = store.add(request, user, mostOpen);
    if (id == null) {
      throw new Problem(
          503,
          "exports-full",
          "Unavailable",
          "There are " + mostOpen + " unfinished films; try again when some are done.");
    }
    return Objects.requireNonNull(store.find(request.session(), id), "just added");
  }

  private Reply decide(User user, SessionId session, Call call, JsonNode body) {
    rights.replayed(user, session);
    Export export = found(session, call);
    JsonNode approved = body.path("approved");
    if (!approved.isBoolean()) {
      throw Problem.malformed("The field 'approved' must be true or false.");
    }
    if (!RecordingRights.mayDecide(user, export.requested().user())) {
      throw Problem.notAllowed("A clip is decided on by another person than asked for it.");
    }
    if (!store.decide(export.id(), user, approved.booleanValue())) {
      throw Problem.conflict("already-decided", "Nobody has to decide on this film any more.");
    }
    String action = approved.booleanValue() ? "clip-approved" : "clip-declined";
    audit.record(user.id(), action, session, detail(export));
    if (approved.booleanValue()) {
      queue.wake();
    }
    return now(session, export.id(), user);
  }

  private Reply cancel(User user, SessionId session, Call call, JsonNode body) {
    rights.replayed(user, session);
    Export export = found(session, call);
    if (!queue.cancel(export.id())) {
      throw Problem.conflict("already-ended", "This film is finished or ended already.");
    }
    audit.record(user.id(), "export-cancelled", session, detail(export));
    return now(session, export.id(), user);
  }

  private Reply now(SessionId session, String id, User user) {
    Export export = Objects.requireNonNull(store.find(session, id), "films are never removed");
    return Reply.ok(ExportJson.one(export, queue.progress(id), user));
  }

  private Future<Reply> play(Call call) {
    RangedObject.Asked asked = RangedObject.Asked.byPlayer(call);
    return answer(
        call,
        (user, session, _, _) -> {
          rights.replayed(user, session);
          Export export = found(session, call);
          RangedObject film = film(export);
          boolean known = !openings.add(new Opening(user.id(), export.id()));
          if (!known || !asked.continues()) {
            audit.record(user.id(), "export-played", session, detail(export));
          }
          return film.reply(asked, objects, blocking);
        });
  }

  private Future<Reply> download(Call call) {
    return answer(
        call,
        (user, session, _, _) -> {
          rights.replayed(user, session);
          Export export = found(session, call);
          RangedObject film = film(export);
          if (!ExportJson.mayDownload(export, user)) {
            throw RecordingRights.downloadRefused();
          }
          audit.record(user.id(), "export-downloaded", session, detail(export));
          return film.attachment("heyi-" + export.id() + ".mp4", objects, blocking);
        });
  }

  private Export found(SessionId session, Call call) {
    Export export = store.find(session, call.path("exportId"));
    if (export == null) {
      throw Problem.notFound("film");
    }
    return export;
  }

  private static RangedObject film(Export export) {
    Export.@Nullable File file = export.file();
    if (file == null) {
      throw Problem.conflict("no-film", "This film is not made.");
    }
    return new RangedObject(
        file.objectKey(), CompositeFile.CONTENT_TYPE, file.sizeBytes(), file.sha256());
  }

  private static ObjectNode detail(Export export) {
    return JsonNodeFactory.instance.objectNode().put("exportId", export.id());
  }
}
