package heyi.server.boot;

import java.util.concurrent.CompletableFuture;
import sun.misc.Signal;

/**
 * TERM means: finish the recordings, then exit. INT (Ctrl-C) means: stop now; a second INT ends the
 * process at once.
 *
 * <p>Signals, not shutdown hooks: hooks run all at once, and the database's own hook would stop it
 * while recordings are being finished.
 */
final class StopSignals {
  /** How to stop. */
  enum Stop {
    /** Seal what is being recorded. */
    FINISH,
    /** Leave it to the next start. */
    NOW
  }

  /** Exit code of a process ended by INT. */
  private static final int INTERRUPTED = 130;

  private final CompletableFuture<Stop> asked = new CompletableFuture<>();

  static StopSignals install() {
    StopSignals signals = new StopSignals();
    Signal.handle(new Signal("TERM"), _ -> signals.asked.complete(Stop.FINISH));
    Signal.handle(new Signal("INT"), _ -> signals.interrupt());
    return signals;
  }

  private void interrupt() {
    if (!asked.complete(Stop.NOW)) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
  }

  /** Waits until the operator asks. */
  Stop await() {
    return asked.join();
  }
}
