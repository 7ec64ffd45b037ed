package heyi.recording.chunk;

import java.time.Duration;

/** Runs something later. */
@FunctionalInterface
public interface Delays {
  /** Runs the action once, after the delay, without blocking the caller. */
  void after(Duration delay, Runnable action);
}
