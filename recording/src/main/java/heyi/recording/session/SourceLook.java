package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.SourceName;
import heyi.recording.SessionClock;
import heyi.recording.capture.SourceWatch;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.packaging.RecordingEvents;
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
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final SourceWatch watch;
  private final Set<SourceName> silent = new HashSet<>();

  SourceLook(SourceWatch watch) {
    this.watch = watch;
  }

  void forget(SourceName source) {
    silent.remove(source);
  }

  /**
   * One look.
   *
   * @param all what came of each
   * @param clock the session's
   * @param ledger takes type and facts of what changed since the last look
   */
  RecordingSignal.Heard look(
      List<SourceWatch.Heard> all, SessionClock clock, BiConsumer<String, ObjectNode> ledger) {
    watch
        .stalls()
        .forEach(stall -> ledger.accept(RecordingEvents.CAPTURE_STALL, json(stall, clock)));
    List<SourceName> silentNow = new ArrayList<>();
    int pending = 0;
    int audible = 0;
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

  private static ObjectNode json(SourceWatch.Stalled stall, SessionClock clock) {
    ObjectNode json = CanonicalJson.object().put("source", stall.source().value());
    json.put("fromMillis", clock.sessionNanos(stall.fromNanos()) / NANOS_PER_MILLI);
    json.put("toMillis", clock.sessionNanos(stall.toNanos()) / NANOS_PER_MILLI);
    return json.put("missingMillis", stall.missingNanos() / NANOS_PER_MILLI);
  }

  private void noteSilence(SourceWatch.Heard heard, BiConsumer<String, ObjectNode> ledger) {
    boolean changed = heard.silent() ? silent.add(heard.source()) : silent.remove(heard.source());
    if (changed) {
      ObjectNode payload = CanonicalJson.object().put("source", heard.source().value());
      ledger.accept(heard.silent() ? "source-silent" : "source-heard", payload);
    }
  }
}
