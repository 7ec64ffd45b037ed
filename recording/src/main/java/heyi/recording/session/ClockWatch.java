package heyi.recording.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.recording.SessionClock;
import heyi.recording.ledger.CanonicalJson;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.packaging.RecordingEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Compares the wall clock with the session clock, which no step of it moves, and tells of steps: an
 * operator who sets the clock, a machine that slept, a time server that comes late.
 *
 * <p><b>Threads:</b> one context.
 */
final class ClockWatch {
  /** Time servers slew by half a millisecond a second; what is more is a step. */
  static final Duration STEP = Duration.ofSeconds(1);

  private Duration ahead;

  /**
   * Begins to compare.
   *
   * @param ahead of the session clock is the wall clock: zero when the recording starts
   */
  ClockWatch(Duration ahead) {
    this.ahead = ahead;
  }

  /**
   * One look, several in a second.
   *
   * @return what the ledger should know: the wall clock was set by {@code byMillis}, negative when
   *     it was set back
   */
  Optional<LedgerEvent> look(Instant wall, SessionClock session) {
    Duration now = Duration.between(session.start().plus(session.offset()), wall);
    Duration step = now.minus(ahead);
    ahead = now;
    if (step.abs().compareTo(STEP) < 0) {
      return Optional.empty();
    }
    ObjectNode payload = CanonicalJson.object();
    payload.put("byMillis", step.toMillis());
    payload.put("aheadMillis", now.toMillis());
    return Optional.of(new LedgerEvent(RecordingEvents.CLOCK_JUMP, payload));
  }
}
