package heyi.recording.session;

/**
 * Decides in which state a recording is. Pure.
 *
 * <p>One silent source is a fact for the ledger, not a fault of the recorder: a phone in a tunnel
 * must not stop the talk of the others. Only when nothing comes of anybody is the recorder suspect.
 *
 * <p>A room that is told of STALLED silences everybody, so packets can not end the state by
 * themselves: {@link RecordingSignal.TryAgain} gives the room a new chance, and silence then stalls
 * again.
 *
 * <p>After FAILED a close is still taken: what was received shall be sealed.
 */
final class RecordingMachine {
  private RecordingMachine() {}

  /** What becomes of a signal. */
  sealed interface Decision {
    /** The recording is in this state from now on. */
    record Entered(RecordingState state, String reason) implements Decision {}

    /** Nothing changes. */
    record Unchanged() implements Decision {}
  }

  private static final Decision UNCHANGED = new Decision.Unchanged();

  static Decision decide(RecordingState state, RecordingSignal signal) {
    return switch (signal) {
      case RecordingSignal.Heard heard -> live(state) ? heard(state, heard) : UNCHANGED;
      case RecordingSignal.ConnectionLost lost ->
          live(state) ? enter(state, RecordingState.STALLED, lost.reason()) : UNCHANGED;
      case RecordingSignal.Pressed pressed ->
          live(state) ? enter(state, RecordingState.STALLED, pressed.reason()) : UNCHANGED;
      case RecordingSignal.TryAgain again ->
          state == RecordingState.STALLED
              ? enter(state, RecordingState.RECEIVING, "connected, trying again")
              : UNCHANGED;
      case RecordingSignal.Moved moved ->
          live(state) ? enter(state, RecordingState.STARTING, "in another conference") : UNCHANGED;
      case RecordingSignal.OffRecord off ->
          live(state) ? enter(state, RecordingState.RESTING, "off the record") : UNCHANGED;
      case RecordingSignal.OnRecord on ->
          state == RecordingState.RESTING
              ? enter(state, RecordingState.STARTING, "on the record again")
              : UNCHANGED;
      case RecordingSignal.CloseAsked asked ->
          live(state) || state == RecordingState.RESTING || state == RecordingState.FAILED
              ? enter(state, RecordingState.SEALING, "closed")
              : UNCHANGED;
      case RecordingSignal.EvidenceStored stored ->
          state == RecordingState.SEALING
              ? enter(state, RecordingState.VERIFIED, "evidence is read back and sealed")
              : UNCHANGED;
      case RecordingSignal.Broken broken ->
          state == RecordingState.VERIFIED
              ? UNCHANGED
              : enter(state, RecordingState.FAILED, broken.reason());
    };
  }

  private static Decision heard(RecordingState state, RecordingSignal.Heard heard) {
    if (heard.sources() == 0) {
      return enter(state, RecordingState.STARTING, "no source is published");
    }
    int received = heard.audible() - heard.pending() - heard.silent().size();
    boolean nothing = heard.audible() > 0 && received <= 0;
    if (nothing && !heard.silent().isEmpty()) {
      return enter(state, RecordingState.STALLED, "silent: " + heard.silent());
    }
    if (nothing || (heard.pending() > 0 && state != RecordingState.STALLED)) {
      return UNCHANGED;
    }
    return enter(state, RecordingState.RECEIVING, "received: " + received);
  }

  private static boolean live(RecordingState state) {
    return switch (state) {
      case STARTING, RECEIVING, STALLED -> true;
      case RESTING, SEALING, VERIFIED, FAILED -> false;
    };
  }

  private static Decision enter(RecordingState from, RecordingState to, String reason) {
    return from == to ? UNCHANGED : new Decision.Entered(to, reason);
  }
}
