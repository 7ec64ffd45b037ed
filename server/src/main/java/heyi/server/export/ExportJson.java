package heyi.server.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.composite.CompositeProgress;
import heyi.server.identity.User;
import heyi.server.replay.RecordingRights;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The wire form of films. */
final class ExportJson {
  private ExportJson() {}

  static ObjectNode list(List<Export> exports, ExportQueue queue, User viewer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("mayDownload", RecordingRights.mayDownload(viewer));
    ArrayNode array = json.putArray("exports");
    exports.forEach(export -> array.add(one(export, queue.progress(export.id()), viewer)));
    return json;
  }

  static ObjectNode one(Export export, @Nullable CompositeProgress progress, User viewer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("exportId", export.id())
        .put("kind", export.isClip() ? "clip" : "composite")
        .put("layout", export.layout().name().toLowerCase(Locale.ROOT))
        .put("state", export.state().name().toLowerCase(Locale.ROOT))
        .put("fromMs", export.fromMs())
        .put("toMs", export.toMs())
        .put("watermarked", export.watermark() != null)
        .put("requestedBy", export.requested().name())
        .put("requestedAt", export.requested().at().toString())
        .put("mayDecide", mayDecide(export, viewer))
        .put("mayDownload", mayDownload(export, viewer));
    if (export.parent() != null) {
      json.put("parentId", export.parent()).put("reason", export.reason());
    }
    Export.Act decided = export.decided();
    if (decided != null) {
      json.put("decidedBy", decided.name()).put("decidedAt", decided.at().toString());
    }
    if (export.state() == ExportState.RUNNING) {
      json.put("percent", progress == null ? 0 : progress.percent());
      if (progress != null && progress.left() != null) {
        json.put("secondsLeft", progress.left().toSeconds());
      }
    }
    if (export.failure() != null) {
      json.put("failure", export.failure());
    }
    Export.File file = export.file();
    if (file != null) {
      String url = "/api/sessions/" + export.session().value() + "/exports/" + export.id();
      json.put("videoUrl", url + "/video")
          .put("sizeBytes", file.sizeBytes())
          .put("sha256", file.sha256())
          .put("durationMs", file.durationMs());
      if (mayDownload(export, viewer)) {
        json.put("downloadUrl", url + "/download");
      }
    }
    return json;
  }

  private static boolean mayDecide(Export export, User viewer) {
    return export.state() == ExportState.WAITING
        && RecordingRights.mayDecide(viewer, export.requested().user());
  }

  static boolean mayDownload(Export export, User viewer) {
    Export.Act decided = export.decided();
    boolean permitted =
        decided != null
            && RecordingRights.mayDownloadClip(viewer, export.requested().user(), decided.user());
    return export.state() == ExportState.DONE && (RecordingRights.mayDownload(viewer) || permitted);
  }
}
