package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.SessionClock;
import heyi.recording.capture.SourceWatch;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.packaging.RecordingEvents;
import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stretches in which nothing is kept, because the mediator took the talk off the record.
 *
 * <p>First nothing is kept, then that is written down, then it is told: who is shown that the talk
 * is off the record may rely on it. <b>Threads:</b> the recording's context.
 */
final class OffRecord {
  private final SessionClock clock;
  private final SourceWatch watch;
  private final RecordingStanding standing;
  private final Function<LedgerEvent, Future<?>> ledger;

  OffRecord(
      SessionClock clock,
      SourceWatch watch,
      RecordingStanding standing,
      Function<LedgerEvent, Future<?>> ledger) {
    this.clock = clock;
    this.watch = watch;
    this.standing = standing;
    this.ledger = ledger;
  }

  Future<Void> begin(CaptureLoop capture, String why) {
    capture.withhold(true);
    ObjectNode payload = CanonicalJson.object().put("reason", why);
    return ledger
        .apply(new LedgerEvent(RecordingEvents.OFF_RECORD, payload))
        .onSuccess(written -> standing.signal(new RecordingSignal.OffRecord(why)))
        .mapEmpty();
  }

  /** Nothing happens unless it is off the record. */
  Future<Void> end(@Nullable CaptureLoop capture) {
    if (capture == null || !standing.is(RecordingState.RESTING)) {
      return Future.succeededFuture();
    }
    Future<?> written =
        ledger.apply(new LedgerEvent(RecordingEvents.ON_RECORD, CanonicalJson.object()));
    capture.withhold(false);
    watch.startOver(clock.nanoClock().getAsLong());
    standing.signal(new RecordingSignal.OnRecord());
    return written.mapEmpty();
  }
}
