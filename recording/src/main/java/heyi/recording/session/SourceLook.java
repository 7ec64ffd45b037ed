package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.SourceName;
import heyi.recording.capture.SourceWatch;
import heyi.recording.ledger.CanonicalJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Looks at the sources again and again: what is heard and what is silent, and what the ledger
 * should know of it. <b>Threads:</b> one context.
 */
final class SourceLook {
  private final SourceWatch watch;
  private final Set<SourceName> silent = new HashSet<>();

  SourceLook(SourceWatch watch) {
    this.watch = watch;
  }

  void forget(SourceName source) {
    silent.remove(source);
  }

  void forgetAll() {
    silent.clear();
  }

  /**
   * One look.
   *
   * @param ledger takes type and facts of what changed since the last look
   */
  RecordingSignal.Heard look(long nowNanos, BiConsumer<String, ObjectNode> ledger) {
    List<SourceName> silentNow = new ArrayList<>();
    int pending = 0;
    int audible = 0;
    List<SourceWatch.Heard> all = watch.heard(nowNanos);
    for (SourceWatch.Heard heard : all) {
      noteSilence(heard, ledger);
      audible += heard.muted() ? 0 : 1;
      if (heard.silent()) {
        silentNow.add(heard.source());
      } else if (heard.packets() == 0 && !heard.muted()) {
        pending++;
      }
    }
    return new RecordingSignal.Heard(all.size(), audible, pending, silentNow);
  }

  private void noteSilence(SourceWatch.Heard heard, BiConsumer<String, ObjectNode> ledger) {
    boolean changed = heard.silent() ? silent.add(heard.source()) : silent.remove(heard.source());
    if (changed) {
      ObjectNode payload = CanonicalJson.object().put("source", heard.source().value());
      ledger.accept(heard.silent() ? "source-silent" : "source-heard", payload);
    }
  }
}
