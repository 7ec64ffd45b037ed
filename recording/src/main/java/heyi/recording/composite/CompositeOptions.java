package heyi.recording.composite;

import java.time.Duration;

/**
 * Limits of the process that makes films.
 *
 * @param deadline for one film; then the process is killed and the film has failed
 * @param stall a process that tells no progress for so long is killed and tried once more
 * @param memoryMegabytes Java heap of the process
 * @param threads segments that are made side by side
 * @param niceness 0 to 19: how far the process stands behind others where the system knows {@code
 *     nice}
 */
public record CompositeOptions(
    Duration deadline, Duration stall, int memoryMegabytes, int threads, int niceness) {
  /** Checks the numbers. */
  public CompositeOptions {
    if (threads < 1 || memoryMegabytes < 1 || niceness < 0) {
      throw new IllegalArgumentException(
          "threads, memory and niceness must not be less than 1, 1 and 0: "
              + threads
              + ", "
              + memoryMegabytes
              + ", "
              + niceness);
    }
  }
}
