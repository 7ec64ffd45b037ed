package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.ConferenceId;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.packaging.RecordingEvents;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time in which the recorder is in no conference, to be disclosed in the ledger (R26).
 *
 * <p>A connection that is lost and a move that follows are one gap. <b>Threads:</b> one context.
 */
final class MediaGap {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NONE = -1;

  private long fromMillis = NONE;
  private @Nullable ConferenceId movedTo;
  private @Nullable SuspendedRecording after;

  /** Opens a gap, unless one is open. */
  void open(long lastMediaNanos) {
    if (fromMillis == NONE) {
      fromMillis = Math.max(0, lastMediaNanos / NANOS_PER_MILLI);
    }
  }

  /** The recording broke off and goes on. */
  void openAfter(SuspendedRecording suspended) {
    fromMillis = suspended.lastPacketMillis();
    after = suspended;
  }

  /** As above, and it will end in another conference. */
  void openTo(ConferenceId conference, long lastMediaNanos) {
    open(lastMediaNanos);
    movedTo = conference;
  }

  /** Closes the gap, if one is open, and gives its ledger entry. */
  Optional<LedgerEvent> close(long nowNanos) {
    if (fromMillis == NONE) {
      return Optional.empty();
    }
    ObjectNode payload = CanonicalJson.object();
    payload.put("cause", cause());
    payload.put("fromMillis", fromMillis);
    payload.put("toMillis", Math.max(fromMillis, nowNanos / NANOS_PER_MILLI));
    if (movedTo != null) {
      payload.put("conference", movedTo.value());
    }
    SuspendedRecording before = after;
    if (before != null) {
      payload.put("tornBytes", before.tornBytes());
    }
    fromMillis = NONE;
    movedTo = null;
    after = null;
    return Optional.of(new LedgerEvent(RecordingEvents.GAP, payload));
  }

  private String cause() {
    SuspendedRecording before = after;
    if (before != null) {
      return before.cause();
    }
    return movedTo == null ? "connection" : "bridge";
  }
}
