package heyi.recording.session;

import heyi.recording.RecordingId;
import heyi.recording.SessionClock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In which state one recording is, and who is told of it.
 *
 * <p><b>Threads:</b> {@link #state} and {@link #listen} from any; everything else on the
 * recording's context.
 */
final class RecordingStanding {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingStanding.class);

  private final RecordingId id;
  private final SessionClock clock;
  private final List<RecordingListener> listeners = new CopyOnWriteArrayList<>();
  private long sinceNanos;
  private volatile RecordingState state = RecordingState.STARTING;

  RecordingStanding(RecordingId id, SessionClock clock) {
    this.id = id;
    this.clock = clock;
  }

  RecordingState state() {
    return state;
  }

  boolean is(RecordingState candidate) {
    return state == candidate;
  }

  /** Whether it has been in this state for longer. */
  boolean isSince(RecordingState candidate, long nanos, long nowNanos) {
    return state == candidate && nowNanos - sinceNanos > nanos;
  }

  void listen(RecordingListener listener) {
    listeners.add(listener);
  }

  void tell(Consumer<RecordingListener> what) {
    listeners.forEach(what);
  }

  /** Tells the present state once more: somebody may have missed it. */
  void tellAgain() {
    tell(listener -> listener.onState(state, "as before"));
  }

  void signal(RecordingSignal signal) {
    if (RecordingMachine.decide(state, signal)
        instanceof RecordingMachine.Decision.Entered entered) {
      state = entered.state();
      sinceNanos = clock.nanoClock().getAsLong();
      LOG.info("recording={} state={} reason={}", id, state, entered.reason());
      tell(listener -> listener.onState(entered.state(), entered.reason()));
    }
  }
}
